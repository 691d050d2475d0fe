import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from '../one-hot.ts';
import type { DeviceKernel } from '../kernel.ts';

/** Kernels of the softmax family; classes are the last axis. */
export const softmaxKernels: Readonly<Record<string, DeviceKernel>> = {
  softmax: (_context, [x]) => [tf.softmax(x!, -1)],
  logSoftmax: (_context, [x]) => [tf.logSoftmax(x!, -1)],
  softmaxCrossEntropy: (_context, [logits, labels]) => {
    const logarithms = tf.logSoftmax(logits!, -1);
    const target = oneHot(labels!, logits!.shape[1]!);
    // where(), since 0 * -Infinity would be NaN for a class that is impossible but not asked for.
    const picked = tf.where(tf.greater(target, 0), logarithms, tf.zerosLike(logarithms));
    return [tf.neg(tf.sum(picked, 1)), tf.sub(tf.exp(logarithms), target)];
  },
};
