import * as tf from '@tensorflow/tfjs-core';
import { geometryOf } from '@pare/graph';
import { convolveDepthwise } from './convolve.ts';
import { filterSize, imageSize, inputGradientGeometry, spread } from './window-gradient.ts';
import type { DeviceKernel } from '../kernel.ts';

/** Depthwise convolution. */
export const depthwiseConv2dKernel: DeviceKernel = (_context, [x, filter], attributes) => [
  convolveDepthwise(x!, filter!, geometryOf(attributes)),
];

/** Gradient of the image: as for plain convolution, then the sum over the channels made from one. */
export const depthwiseConv2dInputGradientKernel: DeviceKernel = (
  { shapes },
  [dy, filter],
  attributes,
) => {
  const [kh, kw, channels, multiplier] = filter!.shape as [number, number, number, number];
  const geometry = inputGradientGeometry(
    geometryOf(attributes),
    imageSize(shapes[0]!),
    imageSize(dy!.shape),
    [kh, kw],
  );
  const flipped = tf.reshape(tf.reverse(filter!, [0, 1]), [kh, kw, channels * multiplier, 1]);
  const dx = convolveDepthwise(spread(dy!, geometryOf(attributes).strides), flipped, geometry);
  if (multiplier === 1) return [dx];
  return [tf.sum(tf.reshape(dx, [...shapes[0]!, multiplier]), -1)];
};

/** Gradient of the filter, one tap after the other: the image under the tap times the gradient of the output. */
export const depthwiseConv2dFilterGradientKernel: DeviceKernel = (
  { shapes },
  [x, dy],
  attributes,
) => {
  const [, , channels, multiplier] = shapes[0] as [number, number, number, number];
  const { strides, dilations, pads } = geometryOf(attributes);
  const [n, h, w] = dy!.shape as [number, number, number];
  const padded = tf.pad(x!, [
    [0, 0],
    [pads[0], pads[1]],
    [pads[2], pads[3]],
    [0, 0],
  ]);
  const gradient = tf.reshape(dy!, [n * h * w, channels, multiplier]);
  const [kh, kw] = filterSize(shapes[0]!);
  const taps = Array.from({ length: kh * kw }, (_, tap) =>
    tf.tidy(() => {
      const top = Math.floor(tap / kw) * dilations[0];
      const left = (tap % kw) * dilations[1];
      const under = tf.stridedSlice(
        padded,
        [0, top, left, 0],
        [n, top + (h - 1) * strides[0] + 1, left + (w - 1) * strides[1] + 1, channels],
        [1, strides[0], strides[1], 1],
      );
      return tf.sum(tf.mul(tf.reshape(under, [n * h * w, channels, 1]), gradient), 0);
    }),
  );
  return [tf.reshape(tf.stack(taps), [...shapes[0]!])];
};
