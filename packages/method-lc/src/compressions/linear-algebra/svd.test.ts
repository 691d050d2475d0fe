import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distortion } from '../../testing/distortion.ts';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleMatrix, oracleNumbers } from '../../testing/oracle-numbers.ts';
import { svd } from './svd.ts';
import type { SingularTerms } from './svd.ts';

/** Σ values[i] · left[i] · right[i]ᵀ. */
function product({ values, left, right }: SingularTerms, m: number, n: number): Float64Array {
  const sum = new Float64Array(m * n);
  values.forEach((value, k) => {
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) sum[i * n + j]! += value * left[k * m + i]! * right[k * n + j]!;
  });
  return sum;
}

/** Largest difference of the rows' dot products from those of orthonormal rows. */
function skewness(rows: Float64Array, length: number): number {
  let worst = 0;
  const count = rows.length / length;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = i === j ? -1 : 0;
      for (let k = 0; k < length; k++) dot += rows[i * length + k]! * rows[j * length + k]!;
      worst = Math.max(worst, Math.abs(dot));
    }
  }
  return worst;
}

const transposed = (a: Float32Array, m: number, n: number) =>
  a.map((_, at) => a[(at % m) * n + Math.floor(at / m)]!);

describe('singular values', () => {
  test('of the 8 x 6 matrix are those of LAPACK', () => {
    const expected = [3.981011273, 3.60379851, 2.077032364, 1.667566738, 1.199224427, 0.979877841];
    expectNear(svd(oracleMatrix, 8, 6).values, expected, 1e-9);
  });

  test.each([
    [1, 1],
    [1, 7],
    [7, 1],
    [8, 6],
    [6, 8],
    [5, 5],
    [40, 13],
    [13, 300],
  ])('and their vectors make up a %s x %s matrix', (m, n) => {
    const a = oracleNumbers(m * 100 + n, m * n);
    const { values, terms } = svd(a, m, n);
    const all = terms(values.length);
    expect(distortion(product(all, m, n), a)).toBeLessThan(1e-26 * m * n);
    expect(skewness(all.left, m)).toBeLessThan(1e-12);
    expect(skewness(all.right, n)).toBeLessThan(1e-12);
    expect([...values]).toEqual([...values].sort((x, y) => y - x));
    expectNear(all.values, [...values], 1e-11);
    const half = Math.floor(values.length / 2);
    expect(terms(half)).toEqual({
      values: all.values.slice(0, half),
      left: all.left.slice(0, half * m),
      right: all.right.slice(0, half * n),
    });
  });

  test('are those of the transpose, for any matrix', () => {
    const matrices = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([m, n]) =>
        fc.tuple(
          fc.constant(m),
          fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
            minLength: m * n,
            maxLength: m * n,
          }),
        ),
      );
    fc.assert(
      fc.property(matrices, ([m, list]) => {
        const a = Float32Array.from(list);
        const n = a.length / m;
        const [one, other] = [svd(a, m, n), svd(transposed(a, m, n), n, m)];
        const largest = one.values[0]!;
        const terms = one.terms(one.values.length);
        expect(distortion(product(terms, m, n), a)).toBeLessThanOrEqual(
          1e-28 * largest ** 2 + 1e-80,
        );
        one.values.forEach((value, i) =>
          expect(Math.abs(value - other.values[i]!)).toBeLessThanOrEqual(2e-8 * largest),
        );
      }),
    );
  });

  test('of a matrix of rank 2 are 0 but for two', () => {
    const [x, y] = [oracleNumbers(1, 30), oracleNumbers(2, 30)];
    const whole = (v: number) => Math.round(8 * v);
    const a = Float32Array.from({ length: 600 }, (_, at) => {
      const [i, j] = [Math.floor(at / 20), at % 20];
      return whole(x[i]!) * whole(y[j]!) + whole(x[(i + 7) % 30]!) * whole(y[(j + 5) % 30]!);
    });
    const { values } = svd(a, 30, 20);
    expect(values[1]! / values[0]!).toBeGreaterThan(0.1);
    expect(values[2]! / values[0]!).toBeLessThan(1e-14);
  });

  test('that are far apart make up the matrix all the same', () => {
    const n = 8;
    const a = Float32Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return (i === j ? 10 ** -i : 0) - (10 ** -i + 10 ** -j) / n;
    });
    expect(distortion(product(svd(a, n, n).terms(n), n, n), a)).toBeLessThan(1e-29);
  });

  test('are exact to 1e-13 of the largest down to 1e-6 of it', () => {
    // Columns at right angles, with powers of two for lengths; all numbers are exact in float32, and so are the values but √8.
    const exponents = [0, 3, 6, 9, 12, 14, 16, 19];
    const sign = (i: number, j: number) =>
      [1, 2, 4].reduce((product, bit) => (i & j & bit ? -product : product), 1);
    const a = Float32Array.from(
      { length: 64 },
      (_, at) => sign(Math.floor(at / 8), at % 8) * 2 ** -exponents[at % 8]!,
    );
    const expected = exponents.map((exponent) => Math.sqrt(8) * 2 ** -exponent);
    expectNear(svd(a, 8, 8).values, expected, 1e-13);
    expectNear(svd(a, 8, 8).terms(8).values, expected, 1e-13);
  });

  test('of zeros are zeros', () => {
    const { values, terms } = svd(new Float32Array(6), 2, 3);
    expect([...values]).toEqual([0, 0]);
    const { left, right } = terms(2);
    expect([...left, ...right].every((x) => Number.isFinite(x))).toBe(true);
  });
});
