import { ResampleKernel } from './resample-kernel.ts';
import { makeTaps } from './resample-taps.ts';
import type { Taps } from './resample-taps.ts';
import type { Size, View } from './view.ts';

/** RGB bytes [height, width, 3]. */
export interface Pixels extends Size {
  readonly data: Uint8Array;
}

/**
 * Scales a part of an image and gives a window of the result, mirrored or not: bilinear with antialiasing, bit for bit as
 * `Image.crop` and `Image.resize` of PIL. The bytes are valid until the next call. (The decoder could do it too, but setting up its
 * operations takes three times as long as all of this, and it moves enlarged images by half a pixel.)
 */
export function resample({ data, width }: Pixels, view: View): Uint8Array {
  const { part, window } = view;
  const [along, down] = [tapsAlong(width, view), tapsDown(view)];
  // Only the rows that the window is made of.
  const first = down ? down.first[0]! : window.top;
  const rows = down ? down.first.at(-1)! + down.count - first : window.height;
  const start = (part.top + first) * width * 3;
  const needed = data.subarray(start, start + rows * width * 3);
  if (!along && !down) return needed;
  const fromFirst = down && { ...down, first: down.first.map((row) => row - first) };
  return loadKernel().scale(needed, width, part.left, along, fromFirst);
}

/** Undefined where rows stay as they are. */
function tapsAlong(width: number, { part, scaled, window, mirrored }: View): Taps | undefined {
  const same = [part, scaled, window].every((size) => size.width === width);
  if (same && !mirrored) return undefined;
  const axis = { from: part.width, to: scaled.width, start: window.left, wanted: window.width };
  return makeTaps({ ...axis, mirrored });
}

/** Undefined where columns stay as they are. */
function tapsDown({ part, scaled, window }: View): Taps | undefined {
  if (part.height === scaled.height) return undefined;
  const axis = { from: part.height, to: scaled.height, start: window.top, wanted: window.height };
  return makeTaps(axis);
}

let kernel: ResampleKernel | undefined;
const loadKernel = (): ResampleKernel => (kernel ??= new ResampleKernel());
