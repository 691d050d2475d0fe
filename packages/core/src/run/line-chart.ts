import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { extentOf, valueRules } from './chart-rules.ts';
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
  const count = Math.max(...lines.map(({ values }) => values.length));
  const x = scaleLinear([0, Math.max(count - 1, 1)], [left, width - right]);
  const values = lines.flatMap((curve) => curve.values).filter(isNumber);
  const y = scaleLinear(extentOf(values), [height - bottom, top]).nice(4);
  const ticks = valueRules(y, { left, right: width - right });
  const verticals = marks.map(({ at, name }) => {
    const place = x(at).toFixed(1);
    const rule = `<line x1="${place}" x2="${place}" y1="${top}" y2="${height - bottom}" stroke="#b6bcc4" stroke-dasharray="3 3"/>`;
    return `${rule}<text x="${place}" y="${top - 6}">${escapeHtml(name)}</text>`;
  });
  const path = line<number | undefined>()
    .defined(isNumber)
    .x((_, i) => x(i))
    .y((value) => y(value!))
    .digits(1);
  const curves = lines.map(
    ({ color, values }) =>
      `<path fill="none" stroke="${color}" stroke-width="1.5" d="${path([...values]) ?? ''}"/>`,
  );
  const legend = lines.map(
    ({ name, color }, i) =>
      `<text x="${width - right - 70 * (lines.length - 1 - i)}" y="${height - 6}" text-anchor="end" fill="${color}">${escapeHtml(name)}</text>`,
  );
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}" font-size="11" font-family="system-ui, sans-serif">
${[...ticks, ...verticals, ...curves, ...legend].join('\n')}
<text x="${left}" y="${height - 6}">epoch 1 to ${count}</text>
</svg>`;
}

const isNumber = (value: number | undefined): value is number => Number.isFinite(value);
