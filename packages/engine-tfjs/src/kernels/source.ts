import * as tf from '@tensorflow/tfjs-core';
import type { Dim } from '@pare/graph';
import type { DeviceKernel } from '../kernel.ts';

/** Kernels of the ops without inputs. Constants, inputs and variables are put in place by the run itself. */
export const sourceKernels: Readonly<Record<string, DeviceKernel>> = {
  dimValue: ({ dim: valueOf }, _inputs, { dim, dtype }) => [
    tf.scalar(valueOf(dim as Dim), dtype as 'float32' | 'int32'),
  ],
  range: ({ shapes }) => [tf.range(0, shapes[0]![0]!, 1, 'int32')],
};
