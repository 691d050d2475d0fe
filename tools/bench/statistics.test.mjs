import { describe, expect, test } from '@jest/globals';

import { median, statisticsOf } from './statistics.mjs';

describe('median', () => {
  test('is the middle value by size, not by place or spelling', () =>
    expect(median([100, 9, 20])).toBe(20));

  test('is halfway between the middle two of an even count', () =>
    expect(median([4, 1, 3, 100])).toBe(3.5));

  test('leaves its argument as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test('of nothing is an error', () => expect(() => median([])).toThrow('at least one value'));
});

describe('statistics of runs', () => {
  test('pool the times of all rounds and keep the largest peak', () =>
    expect(
      statisticsOf([
        { ms: [5, 7], peakRssMb: 200 },
        { ms: [6, 4, 9], peakRssMb: 250 },
      ]),
    ).toEqual({ medianMs: 6, minMs: 4, peakRssMb: 250 }));

  test('have no peak where no run knows one', () =>
    expect(statisticsOf([{ ms: [1], peakRssMb: null }]).peakRssMb).toBeUndefined());
});
