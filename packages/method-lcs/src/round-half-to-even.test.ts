import { expect, test } from '@jest/globals';
import { roundHalfToEven } from './round-half-to-even.ts';

test('halves go to the even neighbour, all else to the nearest', () => {
  const rounded = [0.5, 1.5, 2.5, 8.5, 9.5, -0.5, -1.5, 2.4999, 2.5001, -2.6, 3].map((value) =>
    // -0 and 0 are the same number here.
    Math.abs(roundHalfToEven(value)) === 0 ? 0 : roundHalfToEven(value),
  );
  expect(rounded).toEqual([0, 2, 2, 8, 10, 0, -2, 2, 3, -3, 3]);
});
