import type { Attributes } from '@pare/graph';
import type { HostKernel, HostView } from '../kernel.ts';

type Visit = (corner: number, place: number) => void;

/** Calls a function for each window and channel, with the index of the window's first pixel and that in the pooled image. */
function forEachWindow(
  image: HostView,
  pooled: HostView,
  strides: readonly number[],
  visit: Visit,
) {
  const [, h, w, channels] = image.shape as [number, number, number, number];
  const [batch, rows, columns] = pooled.shape as [number, number, number];
  let place = 0;
  for (let example = 0; example < batch; example++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const corner = ((example * h + row * strides[0]!) * w + column * strides[1]!) * channels;
        for (let c = 0; c < channels; c++) visit(corner + c, place++);
      }
    }
  }
}

/** Distance of each pixel of a window from its first one, in elements. */
function windowOffsets(image: HostView, { size }: Attributes): Int32Array {
  const [, , w, channels] = image.shape as [number, number, number, number];
  const [height, width] = size as [number, number];
  return Int32Array.from(
    { length: height * width },
    (_, i) => (Math.floor(i / width) * w + (i % width)) * channels,
  );
}

/** Largest element of each window; NaN where there is one, which XNNPACK drops. */
export const maxPool: HostKernel = ([image], [y], attributes) => {
  const offsets = windowOffsets(image!, attributes);
  const x = image!.data;
  const result = y!.data;
  forEachWindow(image!, y!, attributes.strides as number[], (corner, place) => {
    let largest = x[corner]!;
    for (let i = 1; i < offsets.length; i++) {
      largest = Math.max(largest, x[corner + offsets[i]!]!);
    }
    result[place] = largest;
  });
};

/** Mean of each window; NaN where there is one, which XNNPACK drops. */
export const avgPool: HostKernel = ([image], [y], attributes) => {
  const offsets = windowOffsets(image!, attributes);
  const x = image!.data;
  const result = y!.data;
  forEachWindow(image!, y!, attributes.strides as number[], (corner, place) => {
    let sum = 0;
    for (let i = 0; i < offsets.length; i++) sum += x[corner + offsets[i]!]!;
    result[place] = sum / offsets.length;
  });
};

/** Gradient of max pooling: to the first of the largest elements of each window. */
export const maxPoolGradient: HostKernel = ([image, , dy], [dx], attributes) => {
  const offsets = windowOffsets(image!, attributes);
  const x = image!.data;
  const gradient = dy!.data;
  const result = dx!.data.fill(0);
  forEachWindow(image!, dy!, attributes.strides as number[], (corner, place) => {
    let winner = corner;
    for (let i = 1; i < offsets.length; i++) {
      if (x[corner + offsets[i]!]! > x[winner]!) winner = corner + offsets[i]!;
    }
    result[winner]! += gradient[place]!;
  });
};

/** Gradient of mean pooling: an equal share to each element of the window. */
export const avgPoolGradient: HostKernel = ([dy], [dx], attributes) => {
  const offsets = windowOffsets(dx!, attributes);
  const gradient = dy!.data;
  const result = dx!.data.fill(0);
  forEachWindow(dx!, dy!, attributes.strides as number[], (corner, place) => {
    const share = gradient[place]! / offsets.length;
    for (let i = 0; i < offsets.length; i++) result[corner + offsets[i]!]! += share;
  });
};
