import { formatNumber } from './quantity.ts';
import { formatTable } from './table.ts';
import type { Report, ReportTable } from '@pare/core';

/** A report as text: its numbers, then its tables. */
export function formatReport({ values, tables }: Report): string {
  const facts = Object.entries(values).map(([name, value]) => [name, cell(value)]);
  const parts = tables.map(formatReportTable);
  if (facts.length > 0) parts.unshift(formatTable(['', 'value'], facts));
  return parts.join('\n\n');
}

/** One table of a report, with its title. */
export function formatReportTable({ title, columns, rows }: ReportTable): string {
  const head = columns.map((column) =>
    column.unit ? `${column.title} (${column.unit})` : column.title,
  );
  const body = rows.map((row) => columns.map(({ key }) => cell(row[key] ?? '')));
  return `${title}\n${formatTable(head, body)}`;
}

const cell = (value: string | number) => (typeof value === 'number' ? formatNumber(value) : value);
