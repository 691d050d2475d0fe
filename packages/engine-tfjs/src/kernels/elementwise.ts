import * as tf from '@tensorflow/tfjs-core';
import type { DeviceKernel } from '../kernel.ts';

const unary =
  (op: (x: tf.Tensor) => tf.Tensor): DeviceKernel =>
  (_context, [x]) => [op(x!)];

const binary =
  (op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): DeviceKernel =>
  (_context, [a, b]) => [op(a!, b!)];

/** Another element type. The backends need help with two conversions. */
function convert(x: tf.Tensor, dtype: tf.DataType): tf.Tensor {
  // The wasm kernel keeps the lowest byte of what becomes a boolean.
  if (dtype === 'bool') return tf.notEqual(x, tf.scalar(0, x.dtype));
  const y = tf.cast(x, dtype);
  // The webgpu kernel leaves integers in memory under a new name, which other kernels trip over.
  return dtype === 'float32' && tf.getBackend() === 'webgpu' ? tf.add(y, 0) : y;
}

/** Kernels of the ops that map each element on its own. */
export const elementwiseKernels: Readonly<Record<string, DeviceKernel>> = {
  abs: unary(tf.abs),
  ceil: unary(tf.ceil),
  cos: unary(tf.cos),
  exp: unary(tf.exp),
  floor: unary(tf.floor),
  isFinite: unary(tf.isFinite),
  log: unary(tf.log),
  logicalNot: unary(tf.logicalNot),
  neg: unary(tf.neg),
  relu: unary(tf.relu),
  round: unary(tf.round),
  rsqrt: unary(tf.rsqrt),
  sigmoid: unary(tf.sigmoid),
  sign: unary(tf.sign),
  sin: unary(tf.sin),
  softplus: unary(tf.softplus),
  sqrt: unary(tf.sqrt),
  square: unary(tf.square),
  tanh: unary(tf.tanh),

  add: binary(tf.add),
  div: binary(tf.div),
  equal: binary(tf.equal),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual),
  logicalAnd: binary(tf.logicalAnd),
  logicalOr: binary(tf.logicalOr),
  maximum: binary(tf.maximum),
  minimum: binary(tf.minimum),
  mul: binary(tf.mul),
  notEqual: binary(tf.notEqual),
  pow: binary(tf.pow),
  sub: binary(tf.sub),
  // A product with step(y) would turn an infinite gradient into NaN where y is 0.
  reluGradient: binary((g, y) => tf.where(tf.greater(y, 0), g, tf.zerosLike(g))),

  where: (_context, [condition, a, b]) => [tf.where(condition!, a!, b!)],
  cast: (_context, [x], { dtype }) => [convert(x!, dtype as tf.DataType)],
};
