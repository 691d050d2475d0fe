import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '../run-kernel.ts';
import type { Attributes } from '@pare/graph';
import type { DeviceKernel } from '../kernel.ts';

function poolAttributes({ size, strides }: Attributes) {
  return { filterSize: size, strides, pad: 'valid' };
}

const pool =
  (name: 'MaxPool' | 'AvgPool'): DeviceKernel =>
  (_context, [x], attributes) => {
    const [height, width] = attributes.size as [number, number];
    // XNNPACK refuses a window of one pixel, which only picks pixels.
    if (height * width === 1) {
      const [vertical, horizontal] = attributes.strides as [number, number];
      return [tf.stridedSlice(x!, [0, 0, 0, 0], x!.shape, [1, vertical, horizontal, 1])];
    }
    return [runKernel(name, { x }, poolAttributes(attributes))];
  };

/** Pooling kernels; padding is an op of its own. */
export const poolingKernels: Readonly<Record<string, DeviceKernel>> = {
  avgPool: pool('AvgPool'),
  // Only the shape of the image counts.
  avgPoolGradient: ({ shapes }, [dy], attributes) => [
    runKernel('AvgPoolGrad', { dy, input: tf.zeros([...shapes[0]!]) }, poolAttributes(attributes)),
  ],
  maxPool: pool('MaxPool'),
  maxPoolGradient: (_context, [input, output, dy], attributes) => [
    runKernel('MaxPoolGrad', { dy, input, output }, poolAttributes(attributes)),
  ],
};
