import * as tf from '@tensorflow/tfjs-core';
import type { DeviceKernel } from '../kernel.ts';

const examples = (x: tf.Tensor) => x.size / x.shape.at(-1)!;

/** Kernels of batch norm. The tensors kept for the gradient are the batch's mean, its biased variance, and nothing. */
export const batchNormKernels: Readonly<Record<string, DeviceKernel>> = {
  batchNormTraining: (_context, inputs, attributes) => {
    const [x, gamma, beta, runningMean, runningVariance] = inputs as tf.Tensor[];
    const momentum = attributes.momentum as number;
    const count = examples(x!);
    const mean = tf.div(tf.sum(x!, [0, 1, 2]), count);
    const centred = tf.sub(x!, mean);
    const variance = tf.div(tf.sum(tf.square(centred), [0, 1, 2]), count);
    const inverse = tf.rsqrt(tf.add(variance, attributes.epsilon as number));
    const y = tf.add(tf.mul(centred, tf.mul(gamma!, inverse)), beta!);
    const unbiased = tf.mul(variance, count / Math.max(count - 1, 1));
    const moved = (old: tf.Tensor, batch: tf.Tensor) =>
      tf.add(tf.mul(old, 1 - momentum), tf.mul(batch, momentum));
    return [
      y,
      moved(runningMean!, mean),
      moved(runningVariance!, unbiased),
      mean,
      variance,
      tf.zerosLike(mean),
    ];
  },
  batchNormGradient: (_context, inputs, attributes) => {
    const [dy, x, gamma, mean, variance] = inputs as tf.Tensor[];
    const count = examples(x!);
    const inverse = tf.rsqrt(tf.add(variance!, attributes.epsilon as number));
    const normal = tf.mul(tf.sub(x!, mean!), inverse);
    const dBeta = tf.sum(dy!, [0, 1, 2]);
    const dGamma = tf.sum(tf.mul(dy!, normal), [0, 1, 2]);
    const common = tf.add(tf.div(dBeta, count), tf.mul(normal, tf.div(dGamma, count)));
    return [tf.mul(tf.sub(dy!, common), tf.mul(gamma!, inverse)), dGamma, dBeta];
  },
  batchNormInference: (_context, inputs, attributes) => {
    const [x, gamma, beta, mean, variance] = inputs as tf.Tensor[];
    const scale = tf.mul(gamma!, tf.rsqrt(tf.add(variance!, attributes.epsilon as number)));
    return [tf.add(tf.mul(tf.sub(x!, mean!), scale), beta!)];
  },
};
