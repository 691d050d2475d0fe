import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { lcsOptions } from '../options.ts';
import { lcsSettings } from '../settings.ts';
import { sampleKept } from './kept-share.ts';
import type { Sample } from './kept-share.ts';

const settingsOf = (more: object) =>
  lcsSettings(lcsOptions.parse({ setting: 'unstructured', ...more }), 'cpreresnet-20');

/** Samples of many steps from one seeded stream. */
function samples(more: object, step: number, warmUpSteps: number, count = 20_000): Sample[] {
  const random = new SeededRandom(5);
  const settings = settingsOf(more);
  return Array.from({ length: count }, () => sampleKept(settings, step, warmUpSteps, random));
}

const share = (all: readonly Sample[], claim: (sample: Sample) => boolean) =>
  all.filter(claim).length / all.length;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
// Six standard deviations of a share of one half of 20,000.
const slack = 0.021;

describe('a line', () => {
  const line = samples({ variant: 'lcs-l' }, 100, 0);

  test('takes each end a quarter of the time, a point between the other half', () => {
    expect(Math.abs(share(line, ({ alpha }) => alpha === 0.025) - 0.25)).toBeLessThan(slack);
    expect(Math.abs(share(line, ({ alpha }) => alpha === 1) - 0.25)).toBeLessThan(slack);
    const between = line.map(({ alpha }) => alpha).filter((a) => a !== 0.025 && a !== 1);
    expect(Math.min(...between)).toBeGreaterThan(0.025);
    expect(Math.max(...between)).toBeLessThan(1);
    expect(Math.abs(mean(between) - 0.5125)).toBeLessThan(slack);
    expect(Math.abs(mean(between.map((a) => (a < 0.5125 ? 1 : 0))) - 0.5)).toBeLessThan(slack);
  });

  test('keeps the share that the point stands for, once compression is fully on', () => {
    expect(line.every(({ alpha, kept }) => kept === alpha)).toBe(true);
  });

  test('keeps more while compression sets in; the point is not affected', () => {
    for (const { alpha, kept } of samples({ variant: 'lcs-l' }, 25, 100, 50))
      expect(kept).toBeCloseTo(alpha + (1 - alpha) * 0.75, 12);
  });

  test('stays within its bounds, with an end probability of its own', () => {
    const narrow = { variant: 'lcs-l', keep: [0.005, 0.05], grid: [0.05], endProbability: 0.2 };
    const all = samples(narrow, 0, 0);
    expect(Math.min(...all.map(({ alpha }) => alpha))).toBe(0.005);
    expect(Math.max(...all.map(({ alpha }) => alpha))).toBe(0.05);
    const ends = share(all, ({ alpha }) => alpha === 0.005 || alpha === 0.05);
    expect(Math.abs(ends - 0.2)).toBeLessThan(slack);
  });
});

describe('a single network (lcs-p)', () => {
  test('keeps the greatest share until compression is fully on', () => {
    expect(share(samples({ variant: 'lcs-p' }, 99, 100), ({ kept }) => kept === 1)).toBe(1);
    const keep = { keep: [0.1, 0.8], grid: [0.5] };
    expect(share(samples({ variant: 'lcs-p', ...keep }, 99, 100), ({ kept }) => kept === 0.8)).toBe(
      1,
    );
  });

  test('keeps a uniform share afterwards, the ends no more often than others', () => {
    const all = samples({ variant: 'lcs-p' }, 100, 100).map(({ kept }) => kept);
    expect(Math.abs(mean(all) - 0.5125)).toBeLessThan(slack);
    for (const [from, to] of [
      [0.025, 0.26875],
      [0.26875, 0.5125],
      [0.75625, 1],
    ] as const) {
      const inside = mean(all.map((kept) => (kept >= from && kept < to ? 1 : 0)));
      expect(Math.abs(inside - 0.25)).toBeLessThan(slack);
    }
    expect(all.filter((kept) => kept === 0.025 || kept === 1).length).toBeLessThan(5);
  });
});

test.each([
  [0, 1],
  [15_625, 0.75625],
  [31_250, 0.5125],
  [62_500, 0.025],
  [70_000, 0.025],
])('the baseline keeps at step %i a share of %s', (step, kept) => {
  const settings = settingsOf({ variant: 'target-topk', keep: 0.025 });
  expect(sampleKept(settings, step, 62_500, new SeededRandom(1)).kept).toBeCloseTo(kept, 12);
});
