import * as tf from '@tensorflow/tfjs-core';
import type { DeviceKernel } from '../kernel.ts';

/**
 * Matrix product. The fast kernel of the wasm backend takes one plain pair of matrices, so transposes are made
 * explicitly and batches are computed matrix by matrix.
 */
export const matMulKernel: DeviceKernel = ({ shapes }, [a, b], attributes) => {
  const left = attributes.transposeA ? swapLastTwo(a!) : a!;
  const right = attributes.transposeB ? swapLastTwo(b!) : b!;
  if (left.rank === 2) return [tf.matMul(left, right)];
  const others = matrices(right);
  const products = matrices(left).map((matrix, i) => tf.matMul(matrix, others[i]!));
  return [tf.reshape(tf.stack(products), [...shapes[0]!])];
};

function swapLastTwo(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

function matrices(x: tf.Tensor): tf.Tensor[] {
  return tf.unstack(tf.reshape(x, [-1, ...x.shape.slice(-2)]));
}
