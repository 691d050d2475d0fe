import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bitsAt, checkBits, evaluatedPoint, pointOf } from './bit-map.ts';
import type { BitRange } from './bit-map.ts';

const ranges = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 8 }))
  .map(([a, b]): BitRange => [Math.min(a, b), Math.max(a, b)]);

describe('the bits at a point of the line', () => {
  const points = [0, 0.1, 0.166, 1 / 6, 0.2, 0.333, 0.499, 0.5, 0.666, 0.833, 0.9, 1];

  // Numbers of the authors' code.
  test.each([
    [
      [3, 8],
      [3, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8],
    ],
    [
      [2, 8],
      [2, 2, 3, 3, 3, 4, 5, 5, 6, 7, 8, 8],
    ],
    [
      [4, 6],
      [4, 4, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6],
    ],
  ] as const)('%j bits', (range, expected) => {
    expect(points.map((alpha) => bitsAt(alpha, range))).toEqual(expected);
  });

  test('grow from the fewest to the most', () => {
    const alpha = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(ranges, alpha, alpha, (range, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(bitsAt(low, range)).toBeGreaterThanOrEqual(range[0]);
        expect(bitsAt(high, range)).toBeLessThanOrEqual(range[1]);
        expect(bitsAt(low, range)).toBeLessThanOrEqual(bitsAt(high, range));
      }),
    );
  });

  test.each([-0.001, 1.001, NaN])('a point %s outside the line is an error', (alpha) => {
    expect(() => bitsAt(alpha, [3, 8])).toThrow(/from 0 to 1; received/);
  });
});

describe('the point that stands for a number of bits', () => {
  test('is the upper end of its interval; the authors evaluate at three decimals of it', () => {
    expect([3, 4, 5, 6, 7, 8].map((bits) => evaluatedPoint(bits, [3, 8]))).toEqual([
      0.166, 0.333, 0.5, 0.666, 0.833, 1,
    ]);
    expect([4, 5, 6].map((bits) => evaluatedPoint(bits, [4, 6]))).toEqual([0.333, 0.666, 1]);
    expect(pointOf(3, [3, 8])).toBe(1 / 6);
    expect(pointOf(8, [3, 8])).toBe(1);
  });

  test('has these bits', () => {
    fc.assert(
      fc.property(ranges, fc.nat(6), (range, offset) => {
        const bits = Math.min(range[0] + offset, range[1]);
        expect(bitsAt(pointOf(bits, range), range)).toBe(bits);
        expect(bitsAt(evaluatedPoint(bits, range), range)).toBe(bits);
      }),
    );
  });
});

test('a network runs with the bits it was trained for, whole ones', () => {
  for (const bits of [3, 8]) expect(() => checkBits(bits, [3, 8])).not.toThrow();
  for (const bits of [2, 9, 4.5, NaN]) {
    expect(() => checkBits(bits, [3, 8])).toThrow(
      `method "lcs": the network runs with 3 to 8 bits, a whole number; received ${bits}.`,
    );
  }
});
