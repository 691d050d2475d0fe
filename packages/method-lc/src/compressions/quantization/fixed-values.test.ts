import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleVector } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { binaryQuantization, scaledBinaryQuantization } from './binary-quantization.ts';
import { fixedCodebook } from './fixed-codebook.ts';
import { powersOfTwo } from './powers-of-two.ts';
import { scaledTernaryQuantization, ternaryQuantization } from './ternary-quantization.ts';
import type { CodebookWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

const thetaOf = (compression: Compression<CodebookWeights>, v: Float32Array) =>
  compression.compress(v, stepContext(v.length));
const compressed = (compression: Compression<CodebookWeights>, ...v: number[]) => [
  ...compression.decompress(thetaOf(compression, Float32Array.from(v))),
];
const figures = (compression: Compression<CodebookWeights>) => {
  const theta = thetaOf(compression, oracleVector);
  const delta = compression.decompress(theta);
  return {
    theta,
    delta,
    error: distortion(oracleVector, delta),
    positive: delta.filter((w) => w > 0).length,
    nonzero: delta.filter((w) => w !== 0).length,
    bits: [compression.bits(theta), compression.storedBits(theta)],
    parameters: compression.parameters(theta),
  };
};

describe('binary weights', () => {
  test('with a scale have the authors’ figures', () => {
    const { theta, error, positive, bits, parameters } = figures(scaledBinaryQuantization());
    expectNear(theta.codebook, [-0.869245235, 0.869245235]);
    expectNear([error], [30.17185734]);
    expect({ positive, bits, parameters }).toEqual({
      positive: 32,
      bits: [96, 96],
      parameters: 65,
    });
  });

  test('-1 and +1 have the authors’ figures', () => {
    const { error, bits, parameters } = figures(binaryQuantization());
    expectNear([error], [31.266053088]);
    expect({ bits, parameters }).toEqual({ bits: [64, 64], parameters: 64 });
  });

  test('are negative at 0', () => {
    expect(compressed(scaledBinaryQuantization(), 0, -1, 2, 3)).toEqual([-1.5, -1.5, 1.5, 1.5]);
    expect(compressed(binaryQuantization(), 0, -1, 2, 3)).toEqual([-1, -1, 1, 1]);
  });

  test('of zeros are zeros where there is a scale', () => {
    expect(compressed(scaledBinaryQuantization(), 0, 0)).toEqual([0, 0]);
  });
});

describe('ternary weights', () => {
  test('with a scale have the authors’ figures', () => {
    const { theta, error, positive, nonzero, bits, parameters } = figures(
      scaledTernaryQuantization(),
    );
    expectNear(theta.codebook, [-1.422735317, 0, 1.422735317]);
    expectNear([error], [19.828345484]);
    expect({ positive, nonzero, bits, parameters }).toEqual({
      positive: 14,
      nonzero: 29,
      bits: [160, 160],
      parameters: 64,
    });
  });

  test('take the scale of the largest magnitudes, and keep those above half of it', () => {
    expect(compressed(scaledTernaryQuantization(), 0.5, 1, 1, -1)).toEqual([
      0.875, 0.875, 0.875, -0.875,
    ]);
    // The scale is 1; a magnitude of exactly 1/2 is not above its half, on either side.
    expect(compressed(scaledTernaryQuantization(), 1, -1, 1, 1, 0.5, -0.5, 0, 0)).not.toContain(
      0.5,
    );
    expect(compressed(scaledTernaryQuantization(), 0, 0)).toEqual([0, 0]);
  });

  test('with a scale are the best of all sets and scales', () => {
    const list = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(
        list,
        fc.integer({ min: 1, max: 127 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (weights, set, scale) => {
          const v = Float32Array.from(weights);
          const other = v.map((w, i) => ((set >> i) & 1 ? Math.sign(w) * scale : 0));
          const best = distortion(v, compressed(scaledTernaryQuantization(), ...v));
          expect(best).toBeLessThanOrEqual(distortion(v, other) + 1e-6);
        },
      ),
    );
  });

  test('-1, 0 and +1 change at one half, which belongs to the ones', () => {
    const below = Math.fround(0.5 - 2 ** -25);
    expect(compressed(ternaryQuantization(), 0.5, -0.5, below, -below, 3, 0)).toEqual([
      1, -1, 0, 0, 1, 0,
    ]);
    const theta = thetaOf(ternaryQuantization(), oracleVector);
    expect(ternaryQuantization().bits(theta)).toBe(128);
  });
});

describe('powers of two', () => {
  test('are the nearest ones, halfway the smaller, and 0 below half of the smallest', () => {
    const compression = powersOfTwo({ smallest: 2 });
    const below = Math.fround(0.125 - 2 ** -27);
    expect(compressed(compression, 0.125, below, 0.375, 0.376, 0.75, 0.76, 5)).toEqual([
      0.25, 0, 0.25, 0.5, 0.5, 1, 1,
    ]);
    expect(compressed(compression, -0.125, -below, -0.376, -0.75, -5)).toEqual([
      -0.25, 0, -0.5, -0.5, -1,
    ]);
  });

  test('take the bits of an index of all of them', () => {
    const compression = powersOfTwo({ smallest: 2 });
    const theta = thetaOf(compression, oracleVector);
    expect([...theta.codebook]).toEqual([-1, -0.5, -0.25, 0, 0.25, 0.5, 1]);
    expect([compression.bits(theta), compression.storedBits(theta)]).toEqual([192, 192]);
    expect(thetaOf(powersOfTwo({ smallest: 0 }), oracleVector).codebook).toHaveLength(3);
  });

  test.each([-1, 0.5, 127])('2^-C with C = %s is refused', (smallest) => {
    expect(() => powersOfTwo({ smallest })).toThrow(/powers-of-two.*smallest/);
  });
});

describe('a fixed codebook', () => {
  test('gives each weight its nearest value, the lower one halfway', () => {
    const compression = fixedCodebook({ values: [2, -1, 0] });
    expect(compressed(compression, -9, -0.5, -0.4, 1, 1.1)).toEqual([-1, -1, 0, 0, 2]);
  });

  test('of many values does so too', () => {
    const values = Array.from({ length: 40 }, (_, i) => i);
    const compression = fixedCodebook({ values });
    expect(compressed(compression, 3.4, 3.5, 38.9, -1, 100)).toEqual([3, 3, 39, 0, 39]);
  });

  test('is counted apart from its indices, in full only', () => {
    const compression = fixedCodebook({ values: [-1, 0, 1, 2, 3] });
    const theta = thetaOf(compression, oracleVector);
    expect([compression.bits(theta), compression.storedBits(theta)]).toEqual([192, 352]);
    expect(compression.parameters(theta)).toBe(64);
  });

  test.each([
    [[], /values/],
    [[1, 2, 1], /differ from one another/],
    [[NaN], /values/],
  ])('%j is refused', (values, message) => {
    expect(() => fixedCodebook({ values })).toThrow(message);
  });
});
