import * as tf from '@tensorflow/tfjs-core';
import type { Convolution, Pads, Pair } from './convolve.ts';

/** Puts rows and columns of zeros between those of an image: stride - 1 after each, the last ones included. */
export function spread(x: tf.Tensor, [vertical, horizontal]: Pair): tf.Tensor {
  if (vertical === 1 && horizontal === 1) return x;
  const [n, h, w, c] = x.shape as [number, number, number, number];
  // As matrices, the zeros are a pad at the end of each row.
  const wide = tf.pad(tf.reshape(x, [n * h * w, c]), [
    [0, 0],
    [0, (horizontal - 1) * c],
  ]);
  const line = w * horizontal * c;
  const tall = tf.pad(tf.reshape(wide, [n * h, line]), [
    [0, 0],
    [0, (vertical - 1) * line],
  ]);
  return tf.reshape(tall, [n, h * vertical, w * horizontal, c]);
}

/** Geometry under which the spread gradient of the output, convolved with the flipped filter, becomes that of the image. */
export function inputGradientGeometry(
  { strides, dilations, pads }: Convolution,
  image: Pair,
  output: Pair,
  filter: Pair,
): Convolution {
  const sides = [0, 1].flatMap((i) => {
    const reach = (filter[i]! - 1) * dilations[i]!;
    const before = reach - pads[2 * i]!;
    return [before, image[i]! + reach - before - output[i]! * strides[i]!];
  });
  return { strides: [1, 1], dilations, pads: sides as unknown as Pads };
}

/** Geometry under which the image, convolved with the gradient of the output as filter, becomes the gradient of the filter. */
export function filterGradientGeometry(
  { strides, dilations, pads }: Convolution,
  image: Pair,
  output: Pair,
  filter: Pair,
): Convolution {
  const sides = [0, 1].flatMap((i) => {
    const before = pads[2 * i]!;
    const needed = (filter[i]! - 1) * dilations[i]! + (output[i]! - 1) * strides[i]! + 1;
    return [before, needed - image[i]! - before];
  });
  return { strides: dilations, dilations: strides, pads: sides as unknown as Pads };
}

/** Height and width of an NHWC image. */
export function imageSize(shape: readonly number[]): Pair {
  return [shape[1]!, shape[2]!];
}

/** Height and width of a filter. */
export function filterSize(shape: readonly number[]): Pair {
  return [shape[0]!, shape[1]!];
}
