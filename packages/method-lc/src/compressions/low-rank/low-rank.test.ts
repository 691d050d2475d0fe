import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleConvolution, oracleMatrix } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { roundToFloat16 } from '../round-to-float16.ts';
import { svd } from '../linear-algebra/svd.ts';
import { lowRank } from './low-rank.ts';
import type { FactoredWeights } from '../compressed-weights.ts';
import type { CompressionContext } from '../compression.ts';

type Options = Parameters<typeof lowRank>[0];

function compress(
  v: Float32Array,
  shape: number[],
  options: Options,
  more: Partial<CompressionContext<FactoredWeights>> = {},
) {
  const compression = lowRank(options);
  const theta = compression.compress(v, stepContext(v.length, { shape, ...more }));
  return { compression, theta, delta: compression.decompress(theta) };
}

describe('low rank', () => {
  test.each([
    [0, 38.328956538],
    [1, 22.480505778],
    [2, 9.493142075],
    [4, 2.39829981],
  ])('%s has the authors’ error', (rank, error) => {
    const { compression, theta, delta } = compress(oracleMatrix, [8, 6], { rank });
    expectNear([distortion(oracleMatrix, delta)], [error]);
    expect(compression.parameters(theta)).toBe(14 * rank);
    expect(compression.bits(theta)).toBe(32 * 14 * rank);
    expect([theta.u.length, theta.v.length]).toEqual([8 * rank, 6 * rank]);
  });

  test('2 has the authors’ weights and singular values', () => {
    const { theta, delta } = compress(oracleMatrix, [8, 6], { rank: 2 });
    expectNear(delta.subarray(0, 3), [-2.073621294, -0.073070298, -0.050060144]);
    expectNear(theta.singularValues.subarray(0, 2), [3.981011273, 3.60379851]);
  });

  test('balances its factors: each column of U is as long as its row of V', () => {
    const { theta } = compress(oracleMatrix, [8, 6], { rank: 2 });
    for (const r of [0, 1]) {
      const column = theta.u.filter((_, at) => at % 2 === r);
      const row = theta.v.subarray(6 * r, 6 * r + 6);
      const [a, b] = [column, row].map((x) => distortion(x, new Float32Array(x.length)));
      expectNear([a!, b!], [theta.singularValues[r]!, theta.singularValues[r]!]);
    }
  });

  test('is nearer than any other product of factors of that size, and changes no more', () => {
    const numbers = (length: number) =>
      fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
        minLength: length,
        maxLength: length,
      });
    fc.assert(
      fc.property(numbers(12), numbers(4), numbers(3), (list, x, y) => {
        const v = Float32Array.from(list);
        const { delta } = compress(v, [4, 3], { rank: 1 });
        const other = v.map((_, at) => x[Math.floor(at / 3)]! * y[at % 3]!);
        expect(distortion(v, delta)).toBeLessThanOrEqual(distortion(v, other) + 1e-5);
        expect(distortion(delta, compress(delta, [4, 3], { rank: 1 }).delta)).toBeLessThan(1e-10);
      }),
    );
  });

  test.each([
    [[8, 6], 6],
    [[6, 8], 6],
    [[6, 8], 50],
  ])('of a %j matrix and rank %s changes nothing, and says so', (shape, rank) => {
    const warnings: string[] = [];
    const logger = { warn: (message: string) => void warnings.push(message) };
    const { delta, theta } = compress(oracleMatrix, shape, { rank }, { logger });
    expect(delta).toEqual(oracleMatrix);
    expect([theta.rank, theta.u.length + theta.v.length]).toEqual([6, 6 * 14]);
    expect(warnings).toEqual([
      `compression "low-rank": rank ${rank} does not compress a ${shape.join(' x ')} matrix; the weights stay as they are.`,
    ]);
  });

  test('keeps half precision where told to', () => {
    const { compression, theta } = compress(oracleMatrix, [8, 6], { rank: 1, precision: 16 });
    for (const x of [...theta.u, ...theta.v]) expect(roundToFloat16(x)).toBe(x);
    expect([compression.bits(theta), compression.storedBits(theta)]).toEqual([32 * 14, 16 * 14]);
  });

  test('takes another decomposition where the context has one', () => {
    const calls: number[][] = [];
    const other: typeof svd = (a, m, n) => {
      calls.push([a.length, m, n]);
      return svd(a, m, n);
    };
    compress(oracleMatrix, [8, 6], { rank: 1 }, { svd: other });
    expect(calls).toEqual([[48, 8, 6]]);
  });

  test('counts a multiply-add for each number and output pixel', () => {
    const { compression, theta } = compress(oracleMatrix, [8, 6], { rank: 2 });
    expect(compression.macs!(theta, 10)).toBe(280);
  });
});

describe('a convolution as a matrix', () => {
  test('of scheme 1 has a row for each filter', () => {
    const { compression, theta, delta } = compress(oracleConvolution, [4, 3, 2, 3], {
      rank: 2,
      convScheme: 'scheme-1',
    });
    expect(theta.matrix).toEqual([4, 18]);
    expectNear([distortion(oracleConvolution, delta)], [24.359341067]);
    expect(compression.parameters(theta)).toBe(44);
    expectNear(delta.subarray(0, 3), [0.326850667, 1.336915109, 1.170420572]);
  });

  test('of scheme 2 has a row for each filter and line', () => {
    const { compression, theta, delta } = compress(oracleConvolution, [4, 3, 2, 3], {
      rank: 2,
      convScheme: 'scheme-2',
    });
    expect(theta.matrix).toEqual([8, 9]);
    expectNear([distortion(oracleConvolution, delta)], [29.925705408]);
    expect(compression.parameters(theta)).toBe(34);
    expectNear(delta.subarray(0, 3), [0.604830071, 2.190207357, 1.11722513]);
  });

  test('of scheme 2 comes back in its own order', () => {
    const { delta } = compress(oracleConvolution, [4, 3, 2, 3], {
      rank: 9,
      convScheme: 'scheme-2',
    });
    expect(delta).toEqual(oracleConvolution);
  });
});

describe('low rank refuses', () => {
  test.each([-1, 1.5])('rank %s', (rank) => {
    expect(() => lowRank({ rank })).toThrow(/low-rank.*rank/);
  });

  test('weights that are no matrix', () => {
    const of = (shape: number[]) => () => compress(oracleMatrix, shape, { rank: 1 });
    expect(of([48])).toThrow(
      /needs the weights of one dense layer or convolution.*received \[48\]/,
    );
    expect(of([2, 4, 6])).toThrow(/received \[2, 4, 6\]/);
    expect(of([2, 4, 3, 2])).toThrow(/\[2, 4, 3, 2\] of a convolution need "convScheme"/);
    expect(() => lowRank({ rank: 1, convScheme: 'scheme-3' as 'scheme-1' })).toThrow(/convScheme/);
  });
});
