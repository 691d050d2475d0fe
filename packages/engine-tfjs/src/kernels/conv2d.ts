import * as tf from '@tensorflow/tfjs-core';
import { geometryOf } from '@pare/graph';
import { convolve } from './convolve.ts';
import {
  filterGradientGeometry,
  filterSize,
  imageSize,
  inputGradientGeometry,
  spread,
} from './window-gradient.ts';
import type { DeviceKernel } from '../kernel.ts';
import type { Convolution } from './convolve.ts';

/** Convolution; groups are convolved one by one. */
export const conv2dKernel: DeviceKernel = (_context, [x, filter], attributes) => {
  const geometry = geometryOf(attributes);
  return [
    byGroup(attributes.groups as number, [x!, filter!], (image, weights) =>
      convolve(image, weights, geometry),
    ),
  ];
};

/** Gradient of the image: the gradient of the output, spread by the strides, convolved with the flipped filter. */
export const conv2dInputGradientKernel: DeviceKernel = ({ shapes }, [dy, filter], attributes) => {
  const geometry = inputGradientGeometry(
    geometryOf(attributes),
    imageSize(shapes[0]!),
    imageSize(dy!.shape),
    filterSize(filter!.shape),
  );
  const { strides } = geometryOf(attributes);
  return [
    byGroup(attributes.groups as number, [dy!, filter!], (gradient, weights) => {
      const flipped = tf.transpose(tf.reverse(weights, [0, 1]), [0, 1, 3, 2]);
      return convolve(spread(gradient, strides), flipped, geometry);
    }),
  ];
};

/**
 * Gradient of the filter as a convolution with exchanged roles: the image's channels are the batch, its examples the
 * channels, and the gradient of the output is the filter.
 */
export const conv2dFilterGradientKernel: DeviceKernel = ({ shapes }, [x, dy], attributes) => {
  const geometry = filterGradientGeometry(
    geometryOf(attributes),
    imageSize(x!.shape),
    imageSize(dy!.shape),
    filterSize(shapes[0]!),
  );
  return [
    byGroup(attributes.groups as number, [x!, dy!], (image, gradient) =>
      filterGradient(image, gradient, geometry),
    ),
  ];
};

function filterGradient(x: tf.Tensor, dy: tf.Tensor, geometry: Convolution): tf.Tensor {
  const swapped = convolve(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), geometry);
  return tf.transpose(swapped, [1, 2, 0, 3]);
}

/** Applies a function to the groups of channels (last axis) of two tensors and joins the results along theirs. */
function byGroup(
  groups: number,
  [a, b]: readonly [tf.Tensor, tf.Tensor],
  compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (groups === 1) return compute(a, b);
  const others = tf.split(b, groups, -1);
  return tf.concat(
    tf.split(a, groups, -1).map((part, i) => compute(part, others[i]!)),
    -1,
  );
}
