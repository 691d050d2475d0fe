import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { authorsGapCode, codedBits, gapBits, honestGapBits } from './gap-code.ts';

const gaps = [1, 1, 3, 7, 8, 100, 1000, 2, 5];

describe('the gap code', () => {
  test.each([
    [2, 1050],
    [3, 789],
    [4, 612],
    [5, 508],
    [6, 438],
    [7, 400],
    [8, 384],
    [9, 378],
    [10, 378],
    [11, 387],
  ])('with units of %s bits takes the authors’ %s bits', (unit, bits) => {
    expect(codedBits(gaps, { valueBits: 32, unitBits: [unit, unit] })).toBe(bits);
  });

  test('takes the best units', () => {
    expect(codedBits(gaps, authorsGapCode)).toBe(378);
    expect(codedBits(gaps, { valueBits: 16, unitBits: [3, 19] })).toBe(234);
    expect(codedBits([], authorsGapCode)).toBe(0);
  });

  test('stops at units that hold every gap: wider ones are never better', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), (any) => {
        const each = Array.from({ length: 31 }, (_, i) =>
          codedBits(any, { valueBits: 0, unitBits: [i + 2, i + 2] }),
        );
        expect(codedBits(any, { valueBits: 0, unitBits: [2, 32] })).toBe(Math.min(...each));
      }),
    );
  });

  test('of the authors leaves out the first place and one value', () => {
    expect(gapBits(Uint32Array.of(1, 5, 7))).toBe(6 + 64);
    expect([gapBits(Uint32Array.of(9)), gapBits(new Uint32Array(0))]).toEqual([0, 0]);
  });

  test('in full has every place from -1 on and every value at its precision', () => {
    // Gaps 2, 4 and 2 take one, two and one units of 2 bits.
    expect(honestGapBits(Uint32Array.of(1, 5, 7), 32)).toBe(8 + 96);
    expect(honestGapBits(Uint32Array.of(1, 5, 7), 4)).toBe(8 + 12);
    expect(honestGapBits(new Uint32Array(0), 32)).toBe(0);
  });
});
