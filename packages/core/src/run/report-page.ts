import { curveChart } from './curve-chart.ts';
import { escapeHtml } from './escape-html.ts';
import { lineChart } from './line-chart.ts';
import { dialCurve } from './operating-curve.ts';
import type { Report, ReportTable } from '../contracts/report.ts';
import type { EvaluatedPoint } from './evaluated-point.ts';
import type { EpochEvent } from './run-recorder.ts';
import type { StageResult } from './stage-result.ts';

/** What a report page shows. */
export interface ReportPageOptions {
  readonly name: string;
  readonly report: Report;
  readonly results: readonly StageResult[];
  readonly epochs: readonly EpochEvent[];
  readonly points: readonly EvaluatedPoint[];
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse } th, td { padding: .25rem .8rem; border-bottom: 1px solid #d5d9de; text-align: left }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.headline { font-size: 1.2rem } svg { width: 100%; height: auto }
`;

/** The run as one static HTML page: result, curves, tables. Needs no other file and no script. */
export function reportPage(options: ReportPageOptions): string {
  const { name, report, results, epochs, points } = options;
  const { evaluation } = results.at(-1)!;
  const accuracy = Number(report.values.accuracy);
  const { note, notices } = report.values;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(name)}</h1>
<p class="headline">${(100 * accuracy).toFixed(2)} % of ${evaluation.count} ${evaluation.split} examples right.</p>
${[note, ...String(notices ?? '').split('\n')]
  .filter((text) => text !== undefined && text !== '')
  .map((text) => `<p>${escapeHtml(String(text))}</p>`)
  .join('\n')}
${curves(epochs)}
${pointsCurve(points)}
${[...report.tables, ...stageTables(results)].map(tableHtml).join('\n')}
</body>
</html>
`;
}

function curves(epochs: readonly EpochEvent[]): string {
  if (epochs.length < 2) return '';
  const stages = epochs.flatMap(({ stage }, i) =>
    stage === epochs[i - 1]?.stage ? [] : [{ at: i, name: stage }],
  );
  const train = (key: string) => epochs.map((epoch) => epoch.train[key]);
  const held = (key: 'loss' | 'accuracy') => epochs.map((epoch) => epoch.evaluation?.[key]);
  const split = epochs.find((epoch) => epoch.evaluation)?.evaluation?.split ?? 'test';
  const lines = (key: 'loss' | 'accuracy') => [
    { name: 'train', color: '#8a6d00', values: train(key) },
    { name: split, color: '#0b5fa5', values: held(key) },
  ];
  return `<h2>Loss in each epoch</h2>
${lineChart({ title: 'Loss in each epoch', lines: lines('loss'), marks: stages })}
<h2>Accuracy in each epoch</h2>
${lineChart({ title: 'Accuracy in each epoch', lines: lines('accuracy'), marks: stages })}`;
}

function pointsCurve(points: readonly EvaluatedPoint[]): string {
  const curve = dialCurve(points);
  return curve ? `<h2>${escapeHtml(curve.title)}</h2>\n${curveChart(curve)}` : '';
}

/** What stages tell of their own work. */
const stageTables = (results: readonly StageResult[]): ReportTable[] =>
  results.flatMap(({ stage, report }) =>
    (report?.tables ?? []).map((table) => ({ ...table, title: `${table.title} (stage ${stage})` })),
  );

function tableHtml({ title, columns, rows }: ReportTable): string {
  const heads = columns.map(
    ({ title: text, unit }) =>
      `<th>${escapeHtml(text)}${unit === undefined ? '' : ` [${escapeHtml(unit)}]`}</th>`,
  );
  const body = rows.map((row) => `<tr>${columns.map(({ key }) => cell(row[key])).join('')}</tr>`);
  return `<h2>${escapeHtml(title)}</h2>
<table>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>`;
}

function cell(value: string | number | undefined): string {
  if (typeof value !== 'number') return `<td>${escapeHtml(value ?? '')}</td>`;
  const isSmall = value !== 0 && Math.abs(value) < 0.01;
  const digits = isSmall ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 4 };
  return `<td class="number">${value.toLocaleString('en-US', digits)}</td>`;
}
