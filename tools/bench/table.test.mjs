import { describe, expect, test } from '@jest/globals';

import { formatTable } from './table.mjs';

const summary = (network, medianMs) => ({
  network,
  engine: 'tensorflow',
  pare: { medianMs, minMs: 0.5, peakRssMb: 312.4 },
  torch: { layout: 'nchw', medianMs: 250, minMs: 200.06, peakRssMb: undefined },
  ratioOfMedians: 0.8349,
  ratioOfMinima: 0.0025,
});

describe('table', () => {
  const lines = formatTable([summary('lenet-5', 0.61239), summary('resnet-20', 208.72)]).split(
    '\n',
  );

  test('has a heading and one line a network', () =>
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['network', 'lenet-5', 'resnet-20']));

  test('shows short times with three decimals and long ones with one', () => {
    expect(lines[1]).toContain(' 0.612 ');
    expect(lines[2]).toContain(' 208.7 ');
  });

  test('shows ratios with two decimals, whole megabytes, and a dash for an unknown peak', () =>
    expect(lines[1].split(/ {2,}/)).toEqual([
      ...['lenet-5', 'tensorflow', '0.612', '0.500', 'nchw', '250.0', '200.1'],
      ...['0.83', '0.00', '312', '-'],
    ]));

  test('aligns numbers at their ends', () =>
    expect(new Set(lines.map((line) => line.length)).size).toBe(1));
});
