import { expectRank } from '../ir/apply-op.ts';
import { resolveWindow, windowOutput as outputSize } from './conv-geometry.ts';
import type { Dim } from '../ir/dim.ts';
import type { Attributes, Value } from '../ir/value.ts';
import type { WindowOptions } from './conv-geometry.ts';

/** Options of pooling. */
export interface PoolOptions extends Omit<WindowOptions, 'dilations'> {
  /** Window size: one number, or [height, width]. */
  readonly size: number | readonly [number, number];
}

/** Window, strides (default the window size) and padding of a pooling, resolved. */
export function poolWindow(what: string, x: Value, options: PoolOptions) {
  expectRank(`${what}: image (NHWC)`, x, 4);
  const size: [number, number] =
    typeof options.size === 'number' ? [options.size, options.size] : [...options.size];
  const { strides, pads } = resolveWindow(what, x, size, { strides: size, ...options });
  const paddings: [Dim, Dim][] = [
    [0, 0],
    [pads[0], pads[1]],
    [pads[2], pads[3]],
    [0, 0],
  ];
  return { size, strides, pads: paddings };
}

/** Output shape of a pooling without padding. */
export function windowOutput(what: string, x: Value, attributes: Attributes): Dim[] {
  const strides = attributes.strides as [number, number];
  const size = attributes.size as [number, number];
  const [h, w] = outputSize(what, x, size, { strides, pads: [0, 0, 0, 0], dilations: [1, 1] });
  return [x.shape[0]!, h, w, x.shape[3]!];
}
