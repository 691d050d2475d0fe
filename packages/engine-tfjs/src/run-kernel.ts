import * as tf from '@tensorflow/tfjs-core';

/** Runs a TensorFlow.js kernel by name, past the checks of the public op (which forbid, for example, strides with dilations). */
export function runKernel(name: string, inputs: object, attributes: object = {}): tf.Tensor {
  return tf
    .engine()
    .runKernel<tf.Tensor>(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
}
