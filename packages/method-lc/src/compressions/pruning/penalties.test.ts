import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleVector } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { l0Penalty, l1Penalty } from './penalties.ts';
import type { SparseWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

const shrink = (compression: Compression<SparseWeights>, v: Float32Array, mu: number) => {
  const theta = compression.compress(v, stepContext(v.length, { mu }));
  const delta = compression.decompress(theta);
  return {
    delta,
    nonzero: delta.filter((w) => w !== 0).length,
    l1: delta.reduce((sum, w) => sum + Math.abs(w), 0),
    bits: compression.bits(theta),
  };
};

describe('the l0 penalty', () => {
  test.each([
    [0.01, 6, 38.699575674, 180],
    [0.1, 35, 4.582957026, 1172],
    [1, 57, 0.139756871, 1906],
  ])('has the authors’ figures for μ = %s', (mu, count, error, size) => {
    const { delta, nonzero, bits } = shrink(l0Penalty({ alpha: 0.02 }), oracleVector, mu);
    expectNear([distortion(oracleVector, delta)], [error]);
    expect([nonzero, bits]).toEqual([count, size]);
  });

  test('drops a magnitude that is exactly √(2α/μ)', () => {
    const { delta } = shrink(l0Penalty({ alpha: 2 }), Float32Array.of(2, -2, 2.5, -2.5), 1);
    expect([...delta]).toEqual([0, 0, 2.5, -2.5]);
  });
});

describe('the l1 penalty', () => {
  test.each([
    [0.01, 6, 3.331880569, 62.699575674, 180],
    [0.1, 57, 43.326547495, 2.419756871, 1906],
    [1, 63, 54.359272105, 0.025354329, 2108],
  ])('has the authors’ figures for μ = %s', (mu, count, norm, error, size) => {
    const { delta, nonzero, l1, bits } = shrink(l1Penalty({ alpha: 0.02 }), oracleVector, mu);
    expectNear([distortion(oracleVector, delta)], [error], 1e-5);
    expectNear([l1], [norm]);
    expect([nonzero, bits]).toEqual([count, size]);
  });
});

const norms = {
  l0: (v: Float32Array) => v.filter((w) => w !== 0).length,
  l1: (v: Float32Array) => v.reduce((sum, w) => sum + Math.abs(w), 0),
};

describe.each([
  ['l0', l0Penalty],
  ['l1', l1Penalty],
] as const)('the %s penalty', (norm, penalty) => {
  const vector = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
    minLength: 5,
    maxLength: 5,
  });
  const positive = fc.double({ min: 0.01, max: 10, noNaN: true });

  test('has the least objective', () => {
    fc.assert(
      fc.property(vector, vector, positive, positive, (a, b, alpha, mu) => {
        const v = Float32Array.from(a);
        const objective = (w: Float32Array) => (mu / 2) * distortion(v, w) + alpha * norms[norm](w);
        const best = objective(shrink(penalty({ alpha }), v, mu).delta);
        for (const other of [Float32Array.from(b), v, new Float32Array(5)])
          expect(best).toBeLessThanOrEqual(objective(other) + 1e-5);
      }),
    );
  });

  test('leaves more as μ grows, and less as α grows', () => {
    fc.assert(
      fc.property(vector, positive, positive, positive, (a, alpha, mu, factor) => {
        const v = Float32Array.from(a);
        const size = (x: number, y: number) =>
          norms[norm](shrink(penalty({ alpha: x }), v, y).delta);
        const [small, large] = [Math.min(1, factor), Math.max(1, factor)];
        expect(size(alpha, mu * small)).toBeLessThanOrEqual(size(alpha, mu * large) + 1e-6);
        expect(size(alpha * large, mu)).toBeLessThanOrEqual(size(alpha * small, mu) + 1e-6);
      }),
    );
  });

  test('makes all weights 0 where μ is 0, and leaves all where α is 0', () => {
    expect(shrink(penalty({ alpha: 0.1 }), oracleVector, 0)).toMatchObject({ nonzero: 0, bits: 0 });
    expect(shrink(penalty({ alpha: 0 }), oracleVector, 0).nonzero).toBe(0);
    expect(shrink(penalty({ alpha: 0 }), oracleVector, 1).delta).toEqual(oracleVector);
  });

  test('refuses a negative price, and none', () => {
    expect(() => penalty({ alpha: -1 })).toThrow(new RegExp(`"${norm}-penalty".*alpha`));
    expect(() => penalty({} as { alpha: number })).toThrow(/alpha/);
  });
});
