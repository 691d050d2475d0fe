import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from '../one-hot.ts';
import type { DeviceKernel } from '../kernel.ts';

/** Kernels that pick or place elements by index. */
export const indexingKernels: Readonly<Record<string, DeviceKernel>> = {
  gather: (_context, [x, indices], { axis }) => [tf.gather(x!, indices!, axis as number)],
  oneHot: (_context, [indices], { depth }) => [oneHot(indices!, depth as number)],
  segmentSum: ({ shapes }, [x, indices]) => [
    tf.unsortedSegmentSum(x!, indices as tf.Tensor1D, shapes[0]![0]!),
  ],
  topK: ({ shapes }, [x]) => {
    const { values, indices } = tf.topk(x!, shapes[0]!.at(-1), true);
    return [values, indices];
  },
};
