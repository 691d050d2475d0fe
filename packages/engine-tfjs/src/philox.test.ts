import { describe, expect, test } from '@jest/globals';
import { philoxUniform } from '@pare/graph/testing';
import fc from 'fast-check';
import { fillUniform, philoxBlock } from './philox.ts';

const block = (counter: readonly number[], key: readonly [number, number]): string[] => {
  const words = Uint32Array.from(counter);
  philoxBlock(words, ...key);
  return [...words].map((word) => word.toString(16).padStart(8, '0'));
};

describe('philox', () => {
  // Known answers published with the paper (Random123, kat_vectors).
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ] as const)('gives the published block for counter %j', (counter, key, expected) => {
    expect(block(counter, key).join(' ')).toBe(expected);
  });

  test('uniform numbers agree with the reference for any seed and length', () => {
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(word, word, fc.nat(30), (a, b, count) => {
        const numbers = new Float32Array(count);
        fillUniform([a, b], numbers);
        expect([...numbers]).toEqual([...philoxUniform([a, b], count)]);
      }),
    );
  });

  test('uniform numbers lie in [0, 1) with a mean of one half', () => {
    const numbers = new Float32Array(10_000);
    fillUniform([3, 4], numbers);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(numbers.reduce((a, b) => a + b) / numbers.length).toBeCloseTo(0.5, 1);
  });
});
