import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { extentOf, valueRules } from './chart-rules.ts';
import { escapeHtml } from './escape-html.ts';
import type { PlotFrame } from './chart-rules.ts';

/** One curve: points in any order; a single one is a dot. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** What a chart of curves shows. */
export interface CurveChartOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly curves: readonly Curve[];
  /** True for a file of its own; false (default) for a part of an HTML page. */
  readonly standalone?: boolean;
}

const width = 720;
const plotHeight = 300;
const rowHeight = 18;
const frame: PlotFrame = { left: 56, right: width - 20, top: 28, bottom: plotHeight - 44 };

/** Told apart by people with any colour vision (Okabe and Ito, Color Universal Design, 2008). */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
/** Colours come again with dashes. */
const colorOf = (i: number) => colors[i % colors.length]!;
const strokeOf = (i: number) =>
  `stroke="${colorOf(i)}"${i < colors.length ? '' : ' stroke-dasharray="5 3"'}`;

/** Curves over a number, each with its points marked and its name below, as one SVG element. */
export function curveChart({
  title,
  xLabel,
  yLabel,
  curves,
  standalone = false,
}: CurveChartOptions): string {
  const places = curves.flatMap(({ points }) => points);
  const { left, right, top, bottom } = frame;
  const x = scaleLinear(extentOf(places.map((place) => place.x)), [left, right]);
  const y = scaleLinear(extentOf(places.map((place) => place.y)), [bottom, top]).nice(4);
  const path = line<{ x: number; y: number }>()
    .x((place) => x(place.x))
    .y((place) => y(place.y))
    .digits(1);
  const drawn = curves.map(({ points }, i) => {
    const sorted = [...points].sort((a, b) => a.x - b.x);
    const dots = sorted.map(
      (place) => `<circle cx="${x(place.x).toFixed(1)}" cy="${y(place.y).toFixed(1)}" r="3"/>`,
    );
    const stroke = `<path fill="none" ${strokeOf(i)} stroke-width="1.5" d="${path(sorted) ?? ''}"/>`;
    return `<g fill="${colorOf(i)}">${sorted.length > 1 ? stroke : ''}${dots.join('')}</g>`;
  });
  const height = plotHeight + (curves.length > 1 ? rowHeight * curves.length : 0);
  const parts = [
    ...valueRules(y, frame),
    ...numberTicks(x),
    ...drawn,
    `<text x="${left}" y="16">${escapeHtml(yLabel)}</text>`,
    `<text x="${(left + right) / 2}" y="${plotHeight - 10}" text-anchor="middle">${escapeHtml(xLabel)}</text>`,
    ...(curves.length > 1 ? curves.map(legendRow) : []),
  ];
  const alone = `xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `;
  return `<svg ${standalone ? alone : ''}viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}" font-size="12" font-family="system-ui, DejaVu Sans, sans-serif" fill="#1b1f24">
${standalone ? `<title>${escapeHtml(title)}</title>\n<rect width="${width}" height="${height}" fill="#ffffff"/>\n` : ''}${parts.join('\n')}
</svg>`;
}

function numberTicks(x: ReturnType<typeof scaleLinear<number, number>>): string[] {
  const { top, bottom } = frame;
  const format = x.tickFormat(6, Math.max(...x.domain()) >= 1000 ? '~s' : undefined);
  return x.ticks(6).map((value) => {
    const at = x(value).toFixed(1);
    const rule = `<line x1="${at}" x2="${at}" y1="${top}" y2="${bottom}" stroke="#f0f2f4"/>`;
    return `${rule}<text x="${at}" y="${bottom + 16}" text-anchor="middle">${format(value)}</text>`;
  });
}

function legendRow({ name }: Curve, i: number): string {
  const y = plotHeight + rowHeight * i + 4;
  const sample = `<line x1="${frame.left}" x2="${frame.left + 22}" y1="${y - 4}" y2="${y - 4}" ${strokeOf(i)} stroke-width="2"/>`;
  return `${sample}<circle cx="${frame.left + 11}" cy="${y - 4}" r="3" fill="${colorOf(i)}"/><text x="${frame.left + 30}" y="${y}">${escapeHtml(name)}</text>`;
}
