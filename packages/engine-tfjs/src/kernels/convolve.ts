import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '../run-kernel.ts';

/** Height and width. */
export type Pair = readonly [number, number];

/** Top, bottom, left, right. */
export type Pads = readonly [number, number, number, number];

/** Geometry of a plain convolution; negative pads crop the image. */
export interface Convolution {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Pads;
}

/** Convolution of an NHWC image with an HWIO filter, without groups. */
export function convolve(x: tf.Tensor, filter: tf.Tensor, geometry: Convolution): tf.Tensor {
  return runWindow('Conv2D', x, filter, geometry);
}

/** Convolution of each channel with its own filters [kh, kw, channels, multiplier]. */
export function convolveDepthwise(
  x: tf.Tensor,
  filter: tf.Tensor,
  geometry: Convolution,
): tf.Tensor {
  const { strides, dilations } = geometry;
  if (Math.max(...strides) === 1 || Math.max(...dilations) === 1) {
    return runWindow('DepthwiseConv2dNative', x, filter, geometry);
  }
  // The kernels of some backends refuse strides with dilations.
  const all = runWindow('DepthwiseConv2dNative', x, filter, { ...geometry, strides: [1, 1] });
  return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, ...strides, 1]);
}

function runWindow(name: string, x: tf.Tensor, filter: tf.Tensor, geometry: Convolution) {
  const { strides, dilations, pads } = geometry;
  const [top, bottom, left, right] = pads.map((pad) => Math.max(pad, 0));
  const pad = pads.some((p) => p > 0)
    ? [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]
    : 'valid';
  const attributes = { strides, dilations, pad, dataFormat: 'NHWC' };
  return runKernel(name, { x: crop(x, pads), filter }, attributes);
}

/** Removes as many rows and columns as the pads are negative. */
function crop(x: tf.Tensor, pads: Pads): tf.Tensor {
  if (pads.every((pad) => pad >= 0)) return x;
  const [top, bottom, left, right] = pads.map((pad) => Math.max(-pad, 0)) as unknown as Pads;
  const [n, h, w, c] = x.shape as [number, number, number, number];
  return tf.slice(x, [0, top, left, 0], [n, h - top - bottom, w - left - right, c]);
}
