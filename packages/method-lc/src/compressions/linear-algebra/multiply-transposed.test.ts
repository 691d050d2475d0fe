import { describe, test } from '@jest/globals';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleNumbers } from '../../testing/oracle-numbers.ts';
import { gramMatrix, multiplyTransposed } from './multiply-transposed.ts';

const numbers = (seed: number, count: number) => Float64Array.from(oracleNumbers(seed, count));

function plainProduct(x: Float64Array, y: Float64Array, length: number): number[] {
  const [rows, columns] = [x.length / length, y.length / length];
  return Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < length; k++) sum += x[i * length + k]! * y[j * length + k]!;
    return sum;
  });
}

// Sizes around the tiles of 2 x 4 rows and the blocks of 128 numbers.
describe.each([
  [1, 1, 1],
  [2, 4, 128],
  [3, 5, 129],
  [7, 9, 300],
  [8, 8, 127],
])('%s and %s rows of %s numbers', (rows, columns, length) => {
  const [x, y] = [numbers(1, rows * length), numbers(2, columns * length)];

  test('give the product of each with each', () => {
    expectNear(multiplyTransposed(x, y, length), plainProduct(x, y, length), 1e-13);
  });

  test('give the Gram matrix of one with itself', () => {
    expectNear(gramMatrix(y, length), plainProduct(y, y, length), 1e-13);
  });
});
