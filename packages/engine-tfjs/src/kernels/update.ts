import * as tf from '@tensorflow/tfjs-core';
import type { DeviceKernel } from '../kernel.ts';

/** Kernels of optimizer steps. */
export const updateKernels: Readonly<Record<string, DeviceKernel>> = {
  momentumUpdate: (_context, inputs, { momentum, nesterov }) => {
    const [weight, buffer, gradient, rate] = inputs as tf.Tensor[];
    const next = tf.add(tf.mul(buffer!, momentum as number), gradient!);
    const step = nesterov ? tf.add(gradient!, tf.mul(next, momentum as number)) : next;
    return [tf.sub(weight!, tf.mul(step, rate!)), next];
  },
  adamUpdate: (_context, inputs, { beta1, beta2 }) => {
    const [weight, first, second, gradient, alpha, epsilon] = inputs as tf.Tensor[];
    const towards = (old: tf.Tensor, value: tf.Tensor, beta: number) =>
      tf.add(old, tf.mul(tf.sub(value, old), 1 - beta));
    const m = towards(first!, gradient!, beta1 as number);
    const v = towards(second!, tf.square(gradient!), beta2 as number);
    return [tf.sub(weight!, tf.div(tf.mul(m, alpha!), tf.add(tf.sqrt(v), epsilon!))), m, v];
  },
};
