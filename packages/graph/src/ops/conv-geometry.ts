import { GraphError } from '../errors/graph-error.ts';
import { numericDim } from '../ir/shape.ts';
import type { Attributes, Value } from '../ir/value.ts';

/** How a window moves over an image. */
export interface WindowOptions {
  /** Step of the window: one number, or [vertical, horizontal]. Default 1 (convolution) or the window size (pooling). */
  readonly strides?: number | readonly [number, number];
  /**
   * 'valid' (default): none. 'same': output size = ceil(input / stride), the extra pixel at the end (TensorFlow).
   * A number p: p pixels on every side (PyTorch). Or [top, bottom, left, right].
   */
  readonly padding?: 'same' | 'valid' | number | readonly [number, number, number, number];
  /** Distance between taps; default 1. */
  readonly dilations?: number | readonly [number, number];
}

/** Options of `conv2d`. */
export interface Conv2dOptions extends WindowOptions {
  /** Channel groups; default 1. Channels in and out must be multiples of it. */
  readonly groups?: number;
}

/** Window geometry with every choice resolved; stored as attributes of the node. */
export interface WindowGeometry {
  readonly strides: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
}

const pair = (value: number | readonly [number, number]): [number, number] =>
  typeof value === 'number' ? [value, value] : [value[0], value[1]];

/** Resolves strides, padding and dilations for an NHWC image and a window of size [height, width]. */
export function resolveWindow(
  what: string,
  x: Value,
  window: readonly [number, number],
  options: WindowOptions,
): WindowGeometry {
  const strides = pair(options.strides ?? 1);
  const dilations = pair(options.dilations ?? 1);
  if ([...strides, ...dilations].some((n) => !Number.isInteger(n) || n < 1)) {
    throw new GraphError(
      'BAD_WINDOW',
      `${what}: strides and dilations must be whole numbers from 1; received ${strides.join('x')} and ${dilations.join('x')}.`,
    );
  }
  const padding = options.padding ?? 'valid';
  if (padding !== 'same') return { strides, dilations, pads: explicitPads(what, padding) };
  const pads = [0, 1].flatMap((i) => {
    const size = numericDim(`${what}: image size`, x.shape[i + 1]);
    const total = Math.max(
      (Math.ceil(size / strides[i]!) - 1) * strides[i]! +
        (window[i]! - 1) * dilations[i]! +
        1 -
        size,
      0,
    );
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });
  return { strides, dilations, pads: pads as [number, number, number, number] };
}

function explicitPads(
  what: string,
  padding: 'valid' | number | WindowGeometry['pads'],
): WindowGeometry['pads'] {
  if (padding === 'valid') return [0, 0, 0, 0];
  const pads =
    typeof padding === 'number' ? ([padding, padding, padding, padding] as const) : padding;
  if (pads.length !== 4 || pads.some((n) => !Number.isInteger(n) || n < 0)) {
    throw new GraphError(
      'BAD_PADDING',
      `${what}: padding must be 'same', 'valid', a whole number from 0 or four of them; received ${String(padding)}.`,
    );
  }
  return [...pads];
}

/** Height and width after the window has moved over the image. */
export function windowOutput(
  what: string,
  x: Value,
  window: readonly [number, number],
  geometry: WindowGeometry,
): [number, number] {
  const { strides, pads, dilations } = geometry;
  return [0, 1].map((i) => {
    const size =
      numericDim(`${what}: image size`, x.shape[i + 1]) + pads[2 * i]! + pads[2 * i + 1]!;
    const extent = (window[i]! - 1) * dilations[i]! + 1;
    if (size < extent) {
      throw new GraphError(
        'BAD_WINDOW',
        `${what}: a window of ${window.join('x')} (with dilation ${extent}) does not fit an image of ${size} pixels, padding included.`,
      );
    }
    return Math.floor((size - extent) / strides[i]!) + 1;
  }) as [number, number];
}

/** Geometry attributes of a node. */
export function geometryOf(attributes: Attributes): WindowGeometry {
  return {
    strides: attributes.strides as WindowGeometry['strides'],
    pads: attributes.pads as WindowGeometry['pads'],
    dilations: attributes.dilations as WindowGeometry['dilations'],
  };
}
