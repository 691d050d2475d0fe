import type { ScaleLinear } from 'd3-scale';

/** Edges of the plot inside a chart, in the chart's own units. */
export interface PlotFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Horizontal lines at round values, with their labels to the left. */
export function valueRules(
  y: ScaleLinear<number, number>,
  { left, right }: Pick<PlotFrame, 'left' | 'right'>,
): string[] {
  const format = y.tickFormat(4);
  return y.ticks(4).map((value) => {
    const at = y(value).toFixed(1);
    const rule = `<line x1="${left}" x2="${right}" y1="${at}" y2="${at}" stroke="#e3e6ea"/>`;
    return `${rule}<text x="${left - 6}" y="${at}" text-anchor="end" dominant-baseline="middle">${format(value)}</text>`;
  });
}

/** Smallest and largest number, a little apart where they are equal; [0, 1] where there is none. */
export function extentOf(numbers: readonly number[]): [number, number] {
  if (numbers.length === 0) return [0, 1];
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
