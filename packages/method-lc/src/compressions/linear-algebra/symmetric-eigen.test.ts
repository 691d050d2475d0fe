import { describe, expect, test } from '@jest/globals';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleNumbers } from '../../testing/oracle-numbers.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const eigenvalues = (matrix: number[], n: number) =>
  [...symmetricEigen(Float64Array.from(matrix), n).values].sort((a, b) => a - b);

describe('eigenvalues of symmetric matrices', () => {
  test('are those that one finds by hand', () => {
    expectNear(eigenvalues([2, 1, 1, 2], 2), [1, 3], 1e-15);
    expectNear(eigenvalues([0, 1, 1, 0], 2), [-1, 1], 1e-15);
    expect(eigenvalues([5], 1)).toEqual([5]);
    expect(eigenvalues([3, 0, 0, 0, 1, 0, 0, 0, 2], 3)).toEqual([1, 2, 3]);
    // The second difference with fixed ends: 2 - 2·cos(kπ/6).
    const n = 5;
    const difference = Array.from({ length: 25 }, (_, at) => {
      const distance = Math.abs(Math.floor(at / n) - (at % n));
      return distance === 0 ? 2 : -Number(distance === 1);
    });
    const expected = [1, 2, 3, 4, 5].map((k) => 2 - 2 * Math.cos((k * Math.PI) / 6));
    expectNear(eigenvalues(difference, n), expected, 1e-14);
  });

  const n = 30;
  const half = oracleNumbers(9, n * n);
  test.each([
    ['any', (i: number, j: number) => half[i * n + j]! + half[j * n + i]!],
    ['many equal', (i: number, j: number) => Number(i < 3 && j < 3) + Number(i === j)],
    ['none that is not 0', () => 0],
  ])('make up the matrix with their eigenvectors: %s', (_, entry) => {
    const matrix = Float64Array.from({ length: n * n }, (_, at) =>
      entry(Math.floor(at / n), at % n),
    );
    const eigen = symmetricEigen(matrix.slice(), n);
    const { values } = eigen;
    const vectors = eigen.vectors();
    const errors = matrix.map((expected, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      const term = (k: number) => values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
      return Math.abs(values.reduce((sum, _, k) => sum + term(k), 0) - expected);
    });
    expect(Math.max(...errors)).toBeLessThan(1e-13);
  });
});
