import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleConvolution, oracleMatrix } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { rankSelection } from './rank-selection.ts';
import type { FactoredWeights } from '../compressed-weights.ts';
import type { CompressionContext } from '../compression.ts';

type Options = Parameters<typeof rankSelection>[0];
type Context = CompressionContext<FactoredWeights>;

const select = (options: Options, mu: number, more: Partial<Context> = {}, v = oracleMatrix) =>
  rankSelection(options).compress(v, stepContext(v.length, { shape: [8, 6], mu, ...more }));

const path = (options: Options, more: Partial<Context> = {}) => {
  const thetas = [1e-3, 1e-2, 1e-1, 1, 10].map((mu) => select(options, mu, more));
  return {
    ranks: thetas.map(({ rank }) => rank),
    objectives: thetas.map(({ selection }) => selection!.objective),
    suggested: thetas[0]!.selection!.suggestedMu,
  };
};

describe('rank selection has the authors’ ranks, objectives and suggested μ', () => {
  test('for storage', () => {
    const { ranks, objectives, suggested } = path({ alpha: 1e-3, criterion: 'storage' });
    expect(ranks).toEqual([0, 3, 6, 6, 6]);
    expectNear(objectives, [0.019164478, 0.067895393, 0.084, 0.084, 0.084]);
    expectNear([suggested], [0.001766734]);
  });

  test('for storage, normalized', () => {
    const options = { alpha: 1e-3, criterion: 'storage', normalize: true } as const;
    const { ranks, objectives, suggested } = path(options);
    expect(ranks).toEqual([0, 0, 2, 5, 6]);
    expectNear(objectives, [0.0005, 0.005, 0.040383773, 0.082525264, 0.084]);
    expectNear([suggested], [0.067717078]);
  });

  test('for multiply-adds', () => {
    const options = { alpha: 2.5e-4, criterion: 'flops' } as const;
    const { ranks, objectives } = path(options, { spatial: 16 });
    expect(ranks).toEqual([0, 2, 5, 6, 6]);
    expectNear(objectives, [0.019164478, 0.15946571, 0.328008029, 0.336, 0.336]);
  });

  test('for multiply-adds, normalized', () => {
    const options = { alpha: 2.5e-4, criterion: 'flops', normalize: true } as const;
    const { ranks, objectives } = path(options, { spatial: 16 });
    expect(ranks).toEqual([0, 0, 0, 3, 6]);
    expectNear(objectives, [0.0005, 0.005, 0.05, 0.235560914, 0.336]);
  });
});

describe('rank selection', () => {
  test('is a threshold on singular values', () => {
    const positive = fc.double({ min: 1e-4, max: 1, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.boolean(), (alpha, mu, normalize) => {
        const { rank, singularValues } = select({ alpha, criterion: 'storage', normalize }, mu);
        const norm = normalize ? singularValues.reduce((sum, s) => sum + s * s, 0) : 1;
        const above = singularValues.filter((s) => s * s > (2 * alpha * norm * 14) / mu);
        expect(rank).toBe(above.length);
      }),
    );
  });

  test('gives the weights of the rank that it chose', () => {
    const compression = rankSelection({ alpha: 1e-3, criterion: 'storage' });
    const theta = select({ alpha: 1e-3, criterion: 'storage' }, 1e-2);
    expectNear(
      [distortion(oracleMatrix, compression.decompress(theta))],
      [theta.singularValues.subarray(3).reduce((sum, s) => sum + s * s, 0)],
    );
    expect(compression.bits(theta)).toBe(32 * 3 * 14);
  });

  test('gives rank 0 for μ = 0, and full rank, exactly, for α = 0', () => {
    const storage = (alpha: number) => ({ alpha, criterion: 'storage' }) as const;
    expect([select(storage(1e-9), 0).rank, select(storage(0), 0).rank]).toEqual([0, 0]);
    const compression = rankSelection(storage(0));
    const theta = select(storage(0), 1);
    expect(theta.rank).toBe(6);
    expect(compression.decompress(theta)).toEqual(oracleMatrix);
  });

  test('of a zero matrix is 0, normalized or not', () => {
    for (const normalize of [false, true]) {
      const options = { alpha: 0, criterion: 'storage', normalize } as const;
      expect(select(options, 1, {}, new Float32Array(48)).rank).toBe(0);
    }
  });

  test('pays no more than for the matrix itself where told to', () => {
    // Six columns cost 84 numbers, the matrix 48; at this μ four columns are best without the limit.
    const options = { alpha: 1e-3, criterion: 'storage' } as const;
    const mu = 0.016;
    expect(select(options, mu).rank).toBe(4);
    const limited = select({ ...options, denseFallback: true }, mu);
    expect([limited.rank, limited.selection!.objective]).toEqual([6, 0.048]);
  });

  test('counts a dense layer’s multiply-adds once', () => {
    const [storage, flops] = (['storage', 'flops'] as const).map((criterion) =>
      select({ alpha: 1e-3, criterion }, 1e-2),
    );
    expect(flops!.rank).toBe(storage!.rank);
  });

  test.each([
    [{}, /alpha.*|criterion/],
    [{ alpha: -1, criterion: 'storage' }, /alpha/],
    [{ alpha: 1, criterion: 'flop' }, /criterion.*"storage".*"flops"|criterion/],
  ])('refuses the options %j', (options, message) => {
    expect(() => rankSelection(options as Options)).toThrow(message);
  });

  test('refuses to count multiply-adds of a convolution without its output', () => {
    const compression = rankSelection({ alpha: 1, criterion: 'flops', convScheme: 'scheme-1' });
    const compress = (spatial?: number) => () =>
      compression.compress(
        oracleConvolution,
        stepContext(72, { shape: [4, 3, 2, 3], mu: 1, spatial }),
      );
    expect(compress()).toThrow(/needs the pixels of the convolution's output.*received undefined/);
    expect(compress(0)).toThrow(/received 0/);
    expect(compress(4)).not.toThrow();
  });
});
