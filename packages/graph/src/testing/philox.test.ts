import { describe, expect, test } from '@jest/globals';
import { philox, philoxUniform } from './philox.ts';

const words = (text: string) => text.split(' ').map((word) => parseInt(word, 16));

describe('philox 4x32-10', () => {
  // Known answers published with the generator (Random123, kat_vectors).
  test.each([
    [
      '00000000 00000000 00000000 00000000',
      '00000000 00000000',
      '6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    ],
    [
      'ffffffff ffffffff ffffffff ffffffff',
      'ffffffff ffffffff',
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      '243f6a88 85a308d3 13198a2e 03707344',
      'a4093822 299f31d0',
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('counter %s with key %s', (counter, key, expected) => {
    const [c0, c1, c2, c3] = words(counter) as [number, number, number, number];
    const [k0, k1] = words(key) as [number, number];
    expect(philox([c0, c1, c2, c3], [k0, k1])).toEqual(words(expected));
  });
});

describe('philoxUniform', () => {
  test('gives float32 numbers in [0, 1) with mean near one half', () => {
    const numbers = philoxUniform([3, 4], 4000);
    expect(numbers.every((x) => x >= 0 && x < 1 && Math.fround(x) === x)).toBe(true);
    expect(numbers.reduce((a, b) => a + b, 0) / 4000).toBeCloseTo(0.5, 1);
  });

  test('a longer draw begins with the shorter one', () => {
    expect(philoxUniform([1, 2], 10).slice(0, 7)).toEqual(philoxUniform([1, 2], 7));
  });

  test('both seed words and their signs matter', () => {
    const seeds = [
      [1, 2],
      [2, 1],
      [1, -2],
      [-1, 2],
    ] as const;
    const first = seeds.map((seed) => philoxUniform(seed, 1)[0]);
    expect(new Set(first).size).toBe(4);
  });
});
