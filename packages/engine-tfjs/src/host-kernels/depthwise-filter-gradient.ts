import { geometryOf } from '@pare/graph';
import type { HostKernel, HostView } from '../kernel.ts';

/** Gradient of a depthwise filter: for each tap, the image under it times the gradient of the output. */
export const depthwiseConv2dFilterGradient: HostKernel = ([x, dy], [result], attributes) => {
  const { strides, dilations, pads } = geometryOf(attributes);
  const [height, width, channels, multiplier] = result!.shape as [number, number, number, number];
  const tapSize = channels * multiplier;
  for (let tap = 0; tap < height * width; tap++) {
    const top = Math.floor(tap / width) * dilations[0] - pads[0];
    const left = (tap % width) * dilations[1] - pads[2];
    const sums = new Float64Array(tapSize);
    forEachPixel(x!, dy!, [top, left], strides, (pixel, gradient) =>
      addProducts(x!, pixel, dy!, gradient, multiplier, sums),
    );
    result!.data.set(sums, tap * tapSize);
  }
};

/** Calls a function with the index of each output pixel and of the image pixel under a tap, where there is one. */
function forEachPixel(
  x: HostView,
  dy: HostView,
  [top, left]: readonly [number, number],
  strides: readonly [number, number],
  visit: (pixel: number, gradient: number) => void,
): void {
  const [, imageHeight, imageWidth] = x.shape as [number, number, number];
  const [batch, rows, columns] = dy.shape as [number, number, number];
  for (let line = 0; line < batch * rows; line++) {
    const y = (line % rows) * strides[0] + top;
    if (y < 0 || y >= imageHeight) continue;
    const start = (Math.floor(line / rows) * imageHeight + y) * imageWidth;
    for (let column = 0; column < columns; column++) {
      const at = column * strides[1] + left;
      if (at >= 0 && at < imageWidth) visit(start + at, line * columns + column);
    }
  }
}

function addProducts(
  x: HostView,
  pixel: number,
  dy: HostView,
  gradient: number,
  multiplier: number,
  sums: Float64Array,
): void {
  const first = (pixel * sums.length) / multiplier;
  const second = gradient * sums.length;
  if (multiplier === 1) {
    for (let i = 0; i < sums.length; i++) sums[i]! += x.data[first + i]! * dy.data[second + i]!;
    return;
  }
  for (let i = 0; i < sums.length; i++) {
    sums[i]! += x.data[first + Math.floor(i / multiplier)]! * dy.data[second + i]!;
  }
}
