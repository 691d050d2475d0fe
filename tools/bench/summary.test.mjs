import { describe, expect, test } from '@jest/globals';

import { summarize } from './summary.mjs';

const run = (...ms) => [{ ms, peakRssMb: 100 }];

describe('summary', () => {
  const summary = summarize({
    network: 'lenet-5',
    engine: 'tensorflow',
    pare: run(6, 8, 10),
    torch: { nchw: run(15, 16, 17), channels_last: run(3, 10, 30) },
  });

  test('compares with the layout of the lower median, even where the other has no slow step', () =>
    expect(summary.torch).toMatchObject({ layout: 'channels_last', medianMs: 10, minMs: 3 }));

  test('divides our time by that of PyTorch', () => {
    expect(summary.ratioOfMedians).toBeCloseTo(0.8);
    expect(summary.ratioOfMinima).toBeCloseTo(2);
  });

  test('keeps every layout', () =>
    expect(summary.layouts.map(({ layout }) => layout)).toEqual(['channels_last', 'nchw']));
});
