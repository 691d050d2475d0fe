import * as tf from '@tensorflow/tfjs-core';

/** Rows of float32 with a 1 at each index. The wasm kernel writes integers whatever type it is asked for, hence the cast. */
export function oneHot(indices: tf.Tensor, depth: number): tf.Tensor {
  return tf.cast(tf.oneHot(indices, depth, 1, 0, 'int32'), 'float32');
}
