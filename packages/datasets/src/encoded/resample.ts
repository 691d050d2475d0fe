import { ResampleKernel } from './resample-kernel.ts';
import { makeTaps } from './resample-taps.ts';
import type { Size, View } from './view.ts';

/** RGB bytes [height, width, 3]. */
export interface Pixels extends Size {
  readonly data: Uint8Array;
}

/**
 * Scales an image and gives a window of the result, mirrored or not: bilinear with antialiasing, bit for bit as `Image.resize` of PIL. The bytes are
 * valid until the next call. (The decoder could do it too, but setting up its operations takes three times as long as all of this,
 * and it moves enlarged images by half a pixel.)
 */
export function resample(
  { data, width, height }: Pixels,
  { scaled, window, mirrored }: Omit<View, 'part'>,
): Uint8Array {
  const wholeRows = width === scaled.width && width === window.width && !mirrored;
  const along = wholeRows
    ? undefined
    : makeTaps({
        from: width,
        to: scaled.width,
        start: window.left,
        wanted: window.width,
        mirrored,
      });
  const down =
    height === scaled.height
      ? undefined
      : makeTaps({ from: height, to: scaled.height, start: window.top, wanted: window.height });
  // Only the rows that the window is made of.
  const top = down ? down.first[0]! : window.top;
  const rows = down ? down.first.at(-1)! + down.count - top : window.height;
  const needed = data.subarray(top * width * 3, (top + rows) * width * 3);
  if (!along && !down) return needed;
  const fromTop = down && { ...down, first: down.first.map((first) => first - top) };
  return loadKernel().scale(needed, width, along, fromTop);
}

let kernel: ResampleKernel | undefined;
const loadKernel = (): ResampleKernel => (kernel ??= new ResampleKernel());
