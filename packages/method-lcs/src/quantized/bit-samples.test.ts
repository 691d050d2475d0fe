import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { bitsAt } from './bit-map.ts';
import { sampleLayers, samplePoint } from './bit-samples.ts';

const draws = 6000;

/** Share of each value. */
function shares(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1 / values.length);
  return counts;
}

/** Each of the bits has its share within four deviations of a fair draw. */
function expectUniform(found: Map<number, number>, bits: readonly number[]): void {
  expect([...found.keys()].sort()).toEqual(bits);
  const fair = 1 / bits.length;
  const deviation = Math.sqrt((fair * (1 - fair)) / draws);
  for (const share of found.values()) expect(Math.abs(share - fair)).toBeLessThan(4 * deviation);
}

describe('a point of the line', () => {
  const sample = (discreteBits: boolean) => {
    const random = new SeededRandom(5);
    const settings = { bits: [3, 8], discreteBits } as const;
    return Array.from({ length: draws }, () => samplePoint(settings, random));
  };

  test('is one of those that stand for bits, all equally likely', () => {
    const samples = sample(true);
    expectUniform(shares(samples.map(({ bits }) => bits)), [3, 4, 5, 6, 7, 8]);
    const points = [...new Set(samples.map(({ alpha }) => alpha))].sort();
    expect(points).toEqual([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1]);
  });

  test('or any, which makes the bits equally likely too', () => {
    const samples = sample(false);
    expectUniform(shares(samples.map(({ bits }) => bits)), [3, 4, 5, 6, 7, 8]);
    expect(new Set(samples.map(({ alpha }) => alpha)).size).toBeGreaterThan(draws / 2);
  });

  test('has the bits that the network has there', () => {
    for (const { alpha, bits } of [...sample(true), ...sample(false)])
      expect(bitsAt(alpha, [3, 8])).toBe(bits);
  });
});

describe('the bits of layers', () => {
  const settings = { bits: [4, 6], discreteBits: true } as const;

  test('are drawn one by one, all equally likely', () => {
    const random = new SeededRandom(5);
    const steps = Array.from({ length: draws / 3 }, () =>
      sampleLayers(settings, { count: 3, active: true }, random),
    );
    expectUniform(shares(steps.flat()), [4, 5, 6]);
    const alike = steps.filter(([a, b]) => a === b).length / steps.length;
    expect(Math.abs(alike - 1 / 3)).toBeLessThan(0.05);
  });

  test('are the most until activations are quantized', () => {
    const bits = sampleLayers(settings, { count: 3, active: false }, new SeededRandom(5));
    expect(bits).toEqual([6, 6, 6]);
  });
});
