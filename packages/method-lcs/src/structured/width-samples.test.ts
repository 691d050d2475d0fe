import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { lcsOptions } from '../options.ts';
import { lcsSettings } from '../settings.ts';
import { alphaOf, randomWidth, widthSamples } from './width-samples.ts';

const settingsOf = (more: object) => lcsSettings(lcsOptions.parse(more), 'cpreresnet-20');
const samplesOf = (more: object) => widthSamples(settingsOf(more));

describe('the passes of a step', () => {
  test.each(['lcs-l', 'lcs-p', 'us'])('%s: both ends, then two random widths', (variant) => {
    expect(samplesOf({ variant })).toEqual([0.25, 1, undefined, undefined]);
  });

  test('as many as asked for, between other ends', () => {
    expect(samplesOf({ variant: 'us', widthSamples: 2, widths: [0.5, 0.9] })).toEqual([0.5, 0.9]);
    expect(samplesOf({ widthSamples: 3 })).toHaveLength(3);
  });

  test('a line may take a single random point', () => {
    expect(samplesOf({ sampling: 'point' })).toEqual([undefined]);
  });

  test('ns: its list, in its order', () => {
    expect(samplesOf({ variant: 'ns' })).toEqual([1, 0.75, 0.5, 0.25]);
    expect(samplesOf({ variant: 'ns', widthList: [0.3, 1] })).toEqual([0.3, 1]);
  });
});

test('random widths are uniform between the ends', () => {
  const random = new SeededRandom(9);
  const settings = settingsOf({ widths: [0.2, 0.6] });
  const widths = Array.from({ length: 20_000 }, () => randomWidth(settings, random));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(0.2);
  expect(Math.max(...widths)).toBeLessThan(0.6);
  // Six standard deviations of a share of a quarter.
  const slack = 0.019;
  for (const from of [0.2, 0.3, 0.4, 0.5]) {
    const share = widths.filter((w) => w >= from && w < from + 0.1).length / widths.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(slack);
  }
});

test('the line runs from the narrow end to the wide one', () => {
  const settings = settingsOf({ widths: [0.25, 1] });
  expect([0.25, 0.625, 1].map((width) => alphaOf(settings, width))).toEqual([0, 0.5, 1]);
});
