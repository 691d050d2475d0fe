import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from './seeded-random.ts';
import { shuffledIndices } from './shuffled-indices.ts';

const draw = (random: SeededRandom, count: number) =>
  Array.from({ length: count }, () => random.uniform());
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('gives the words of xoshiro128** with a splitmix32 seed, for good', () => {
  // Words modulo a million of an implementation with big integers in Python. Stored runs depend on them.
  const words = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 4 }, () => random.integer(1_000_000));
  };
  expect(words(0)).toEqual([8728, 695204, 579671, 528803]);
  expect(words(1)).toEqual([144158, 99751, 917871, 621829]);
  expect(words(-1)).toEqual([879718, 286648, 205009, 780724]);
  expect(new SeededRandom(-1).seed).toBe(0xffffffff);
  expect(draw(new SeededRandom(1), 2)).toEqual([0.5686059948349658, 0.8893939367683266]);
});

test('near seeds give other numbers', () => {
  const firsts = Array.from({ length: 1000 }, (_, seed) => new SeededRandom(seed).uniform());
  expect(new Set(firsts).size).toBe(1000);
  expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan(0.05);
});

test('uniform numbers fill [0, 1) evenly', () => {
  const values = draw(new SeededRandom(3), 20000);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  const counts = new Array<number>(16).fill(0);
  for (const value of values) counts[Math.floor(value * 16)]!++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1250) ** 2 / 1250, 0);
  expect(chiSquare).toBeLessThan(40);
});

test('normal numbers have mean 0, deviation 1 and normal tails', () => {
  const random = new SeededRandom(11);
  const values = Array.from({ length: 20000 }, () => random.normal());
  expect(Math.abs(mean(values))).toBeLessThan(0.03);
  expect(Math.abs(mean(values.map((v) => v * v)) - 1)).toBeLessThan(0.05);
  expect(Math.abs(mean(values.map((v) => Number(Math.abs(v) > 1.96))) - 0.05)).toBeLessThan(0.01);
});

describe('fork', () => {
  test('depends on the seed and the name, not on what was drawn before', () => {
    const drawn = new SeededRandom(5);
    drawn.uniform();
    expect(drawn.fork('fc1').uniform()).toBe(new SeededRandom(5).fork('fc1').uniform());
    expect(drawn.fork('fc1').seed).not.toBe(drawn.fork('fc2').seed);
    expect(drawn.fork('fc1').seed).not.toBe(new SeededRandom(6).fork('fc1').seed);
  });

  test('names of one alphabet do not collide', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `layer${i}.weight`);
    const seeds = new Set(names.map((name) => new SeededRandom(1).fork(name).seed));
    expect(seeds.size).toBeGreaterThan(4990);
  });
});

test('integers stay below their bound and reach every number', () => {
  const random = new SeededRandom(2);
  const seen = new Set(Array.from({ length: 300 }, () => random.integer(7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(() => random.integer(0)).toThrow('bound from 1 to 2^32; received 0');
  expect(() => new SeededRandom(0.5)).toThrow('whole number; received 0.5');
});

test('a shuffle is a permutation and differs by seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer(), (n, seed) => {
      const indices = shuffledIndices(n, new SeededRandom(seed));
      expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
  );
  expect(shuffledIndices(50, new SeededRandom(1))).not.toEqual(
    shuffledIndices(50, new SeededRandom(2)),
  );
});

test('each place of a shuffle is equally likely', () => {
  const counts = new Array<number>(4).fill(0);
  for (let seed = 0; seed < 4000; seed++) counts[shuffledIndices(4, new SeededRandom(seed))[0]!]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
