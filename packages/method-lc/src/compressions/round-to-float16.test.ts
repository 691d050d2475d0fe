import { expect, test } from '@jest/globals';
import { roundToFloat16 } from './round-to-float16.ts';

test.each([
  [1, 1],
  [0, 0],
  [1 / 3, 1365 / 4096],
  [-0.1, -0.0999755859375],
  // Halfway: to the even one.
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [2048.5, 2048],
  [65519, 65504],
  // Below 2^-14 the spacing is 2^-24.
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [1.5 * 2 ** -24, 2 ** -23],
  [2 ** -30, 0],
])('%s in half precision is %s', (x, rounded) => {
  expect(roundToFloat16(x)).toBe(rounded);
});

test('numbers beyond half precision are refused', () => {
  expect(() => roundToFloat16(65520)).toThrow('65520 does not fit half precision');
});
