import { describe, expect, test } from '@jest/globals';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleNumbers } from '../../testing/oracle-numbers.ts';
import { gramMatrix, multiplyTransposed } from './multiply-transposed.ts';
import { columnsOf, rowsOf } from './rows.ts';

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

/** Rows as columns: number k of row i stands at k * count + i. */
const turned = (x: Float64Array, length: number) =>
  x.map((_, at) => x[(at % (x.length / length)) * length + Math.floor(at / (x.length / length))]!);

// Sizes around the tiles of 2 x 4 rows, the blocks of 128 numbers and the parts of 512 rows.
describe.each([
  [1, 1, 1],
  [2, 4, 128],
  [3, 5, 129],
  [7, 9, 300],
  [8, 8, 127],
  [513, 515, 3],
  [1, 1030, 2],
])('%s and %s rows of %s numbers', (rows, columns, length) => {
  const [x, y] = [numbers(1, rows * length), numbers(2, columns * length)];
  const expected = plainProduct(x, y, length);

  test('give the product of each with each', () => {
    expectNear(multiplyTransposed(rowsOf(x, length), rowsOf(y, length)), expected, 1e-13);
  });

  test('give it as columns of another matrix, and of float32, too', () => {
    const [left, right] = [turned(x, length), Float32Array.from(turned(y, length))];
    const product = multiplyTransposed(columnsOf(left, rows), columnsOf(right, columns));
    expectNear(product, expected, 1e-13);
  });

  test('give the Gram matrix of one with itself', () => {
    expectNear(gramMatrix(rowsOf(y, length)), plainProduct(y, y, length), 1e-13);
  });
});

test('what was multiplied before leaves no trace', () => {
  const [x, y] = [numbers(3, 5 * 40), numbers(4, 7 * 40)];
  const product = () => multiplyTransposed(rowsOf(x, 40), rowsOf(y, 40));
  const first = product();
  const bad = new Float64Array(600 * 200).fill(NaN);
  expect(gramMatrix(rowsOf(bad, 200))[0]).toBeNaN();
  expect(product()).toEqual(first);
});
