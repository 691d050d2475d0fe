import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kthMagnitude } from './kth-magnitude.ts';

const floats = fc.float32Array({ minLength: 1, maxLength: 60, noNaN: true });

describe('kthMagnitude', () => {
  test('is what sorting gives, for any numbers, with ties, zeros and infinities', () => {
    fc.assert(
      fc.property(floats, fc.nat(), (values, at) => {
        const sorted = values.map(Math.abs).sort().reverse();
        const k = (at % values.length) + 1;
        expect(kthMagnitude([values], k)).toBe(sorted[k - 1]);
      }),
    );
  });

  test('takes several arrays as one', () => {
    const arrays = [Float32Array.of(1, -5), Float32Array.of(), Float32Array.of(3, 0, -4)];
    expect([1, 2, 3, 4, 5].map((k) => kthMagnitude(arrays, k))).toEqual([5, 4, 3, 1, 0]);
  });

  test('sees a part of a larger buffer as such', () => {
    expect(kthMagnitude([Float32Array.of(9, 1, 2, 9).subarray(1, 3)], 1)).toBe(2);
  });

  test.each([0, 3, 1.5])('k = %s of two elements is refused', (k) => {
    expect(() => kthMagnitude([Float32Array.of(1, 2)], k)).toThrow(
      `k must be a whole number from 1 to the 2 elements; received ${k}.`,
    );
  });
});
