import { formatBytes, formatCount, formatMilliseconds, formatNumber } from '../text/quantity.ts';
import { formatTable } from '../text/table.ts';
import type { MeasuredPoint } from './evaluate-settings.ts';

/** One line for each setting. */
export function settingsTable(points: readonly MeasuredPoint[]): string {
  const head = [
    'setting',
    'accuracy (%)',
    'loss',
    'not zero',
    'MACs',
    'stored',
    'latency (ms)',
    'least',
    'greatest',
    'switch (ms)',
  ];
  return formatTable(
    head,
    points.map(({ point, evaluation, size, latency, switchMilliseconds }) => [
      point.name,
      (100 * evaluation.accuracy).toFixed(2),
      formatNumber(evaluation.loss),
      formatCount(size.nonzero),
      formatCount(size.macs),
      formatBytes(size.storedBytes),
      ...[latency.median, latency.least, latency.greatest, switchMilliseconds].map(
        formatMilliseconds,
      ),
    ]),
  );
}
