import { describe, expect, test } from '@jest/globals';
import { lineChart } from './line-chart.ts';

const chart = (...values: (number | undefined)[]) =>
  lineChart({
    title: 'Loss',
    lines: [{ name: 'train & test', color: '#000', values }],
    marks: [{ at: 1, name: 'prune' }],
  });
const pathOf = (svg: string) => /<path[^>]* d="([^"]*)"/.exec(svg)![1]!;

describe('lineChart', () => {
  test('draws the first epoch left, the last right, large values high', () => {
    expect(pathOf(chart(0, 1))).toBe('M48,196L708,18');
  });

  test('a missing or infinite value leaves a gap', () => {
    expect(pathOf(chart(0, undefined, 1, Infinity, 0)).match(/M/g)).toHaveLength(3);
  });

  test('labels are round numbers, small ones too', () => {
    expect(chart(0.0000832, 0.592)).toMatch(/>0\.2<.*>0\.4</s);
  });

  test('marks stages and escapes names', () => {
    expect(chart(0, 1)).toContain('>prune<');
    expect(chart(0, 1)).toContain('train &amp; test');
  });

  test('constant and missing curves are drawn too', () => {
    expect(pathOf(chart(2, 2))).toBe('M48,107L708,107');
    expect(chart(undefined)).toContain('<svg');
  });
});
