import { describe, expect, test } from '@jest/globals';
import { bar } from './bar.ts';
import {
  formatBytes,
  formatMilliseconds,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatShort,
} from './quantity.ts';
import { formatReport } from './report-tables.ts';
import { formatTable } from './table.ts';

test('a table aligns words to the left and numbers to the right', () => {
  const table = formatTable(
    ['layer', 'MACs'],
    [
      ['fc1', '235,200'],
      ['conv10', '-'],
    ],
  );
  expect(table.split('\n')).toEqual([
    'layer      MACs',
    '------  -------',
    'fc1     235,200',
    'conv10        -',
  ]);
});

describe('quantities', () => {
  test.each([
    [formatBytes(0), '0 B'],
    [formatBytes(999), '999 B'],
    [formatBytes(1_066_440), '1.07 MB'],
    [formatPercent(0.98765), '98.77 %'],
    [formatSeconds(4.06), '4.1 s'],
    [formatSeconds(125), '2 min 5 s'],
    [formatSeconds(3720), '1 h 2 min'],
    [formatMilliseconds(0.012345), '0.0123'],
    [formatMilliseconds(99.96), '100'],
    [formatMilliseconds(1234.5), '1235'],
    [formatNumber(266610), '266,610'],
    [formatShort(0), '0'],
    [formatShort(999), '999'],
    [formatShort(266_610), '267 k'],
    [formatShort(999_600), '1 M'],
    [formatShort(4_089_184_256), '4.09 G'],
    [formatShort(2e15), '2000 T'],
    [bar(0.5), `${'━'.repeat(12)}${'─'.repeat(12)} 50 %`],
    [bar(2), `${'━'.repeat(24)} 100 %`],
    [formatNumber(0.00012345678), '0.0001235'],
  ])('%s', (text, expected) => expect(text).toBe(expected));
});

test('a report shows its numbers, then its tables with units', () => {
  const report = {
    values: { kept: 0.25 },
    tables: [
      {
        title: 'Layers',
        columns: [
          { key: 'layer', title: 'Layer' },
          { key: 'size', title: 'Size', unit: 'B' },
        ],
        rows: [{ layer: 'fc1', size: 1200 }],
      },
    ],
  };
  expect(formatReport(report).split('\n')).toEqual([
    '      value',
    '----  -----',
    'kept   0.25',
    '',
    'Layers',
    'Layer  Size (B)',
    '-----  --------',
    'fc1       1,200',
  ]);
});
