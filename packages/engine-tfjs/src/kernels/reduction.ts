import * as tf from '@tensorflow/tfjs-core';
import type { DeviceKernel } from '../kernel.ts';

/** Kernels that reduce axes. */
export const reductionKernels: Readonly<Record<string, DeviceKernel>> = {
  // The webgpu kernel gives a vector's position as a vector.
  argMax: ({ shapes }, [x], { axis }) => [
    tf.reshape(tf.argMax(x!, axis as number), [...shapes[0]!]),
  ],
  max: (_context, [x], { axes, keepDims }) => [
    tf.max(x!, [...(axes as readonly number[])], keepDims as boolean),
  ],
  sum: (_context, [x], { axes, keepDims }) => [
    tf.sum(x!, [...(axes as readonly number[])], keepDims as boolean),
  ],
};
