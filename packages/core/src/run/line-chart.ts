import { escapeHtml } from './escape-html.ts';

/** A curve; missing values leave gaps. */
export interface ChartLine {
  readonly name: string;
  readonly color: string;
  readonly values: readonly (number | undefined)[];
}

/** What a chart shows. */
export interface LineChartOptions {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  /** Named positions, drawn as vertical lines. */
  readonly marks: readonly { readonly at: number; readonly name: string }[];
}

const [width, height, left, right, top, bottom] = [720, 220, 48, 12, 18, 24];

/** Curves over epochs (from 1) as one SVG element. */
export function lineChart({ title, lines, marks }: LineChartOptions): string {
  const all = lines
    .flatMap(({ values }) => values)
    .filter((value): value is number => Number.isFinite(value));
  const [low, high] = range(all);
  const count = Math.max(...lines.map(({ values }) => values.length));
  const x = (i: number) =>
    (left + ((width - left - right) * i) / Math.max(count - 1, 1)).toFixed(1);
  const y = (value: number) =>
    (height - bottom - ((height - top - bottom) * (value - low)) / (high - low)).toFixed(1);
  const ticks = [low, (low + high) / 2, high].map(
    (value) =>
      `<line x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}" stroke="#e3e6ea"/><text x="${left - 6}" y="${y(value)}" text-anchor="end" dominant-baseline="middle">${Number(value.toPrecision(3))}</text>`,
  );
  const verticals = marks.map(
    ({ at, name }) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${height - bottom}" stroke="#b6bcc4" stroke-dasharray="3 3"/><text x="${x(at)}" y="${top - 6}">${escapeHtml(name)}</text>`,
  );
  const curves = lines.map(({ color, values }) => {
    const points = values.flatMap((value, i) =>
      Number.isFinite(value) ? [`${x(i)},${y(value!)}`] : [],
    );
    return `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${points.join(' ')}"/>`;
  });
  const legend = lines.map(
    ({ name, color }, i) =>
      `<text x="${width - right - 70 * (lines.length - 1 - i)}" y="${height - 6}" text-anchor="end" fill="${color}">${escapeHtml(name)}</text>`,
  );
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}" font-size="11" font-family="system-ui, sans-serif">
${[...ticks, ...verticals, ...curves, ...legend].join('\n')}
<text x="${left}" y="${height - 6}">epoch 1 to ${count}</text>
</svg>`;
}

function range(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (values.length === 0) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
