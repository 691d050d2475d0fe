import { batchNormGradient, batchNormTraining } from './host-kernels/batch-norm.ts';
import {
  absoluteIntegers,
  addIntegers,
  broadcastTo,
  maximum,
  minimum,
  multiplyIntegers,
  negateIntegers,
  squareIntegers,
  subtractIntegers,
  where,
} from './host-kernels/broadcast.ts';
import { depthwiseConv2dFilterGradient } from './host-kernels/depthwise-filter-gradient.ts';
import { kthLargest } from './host-kernels/kth-largest.ts';
import { avgPool, avgPoolGradient, maxPool, maxPoolGradient } from './host-kernels/pooling.ts';
import { randomUniform } from './host-kernels/random-uniform.ts';
import { max, sum } from './host-kernels/reduction.ts';
import { reluGradient } from './host-kernels/relu-gradient.ts';
import { segmentSum } from './host-kernels/segment-sum.ts';
import { sign } from './host-kernels/sign.ts';
import { topK } from './host-kernels/top-k.ts';
import { adamUpdate, momentumUpdate } from './host-kernels/update.ts';
import { batchNormKernels } from './kernels/batch-norm.ts';
import {
  conv2dFilterGradientKernel,
  conv2dInputGradientKernel,
  conv2dKernel,
} from './kernels/conv2d.ts';
import {
  depthwiseConv2dFilterGradientKernel,
  depthwiseConv2dInputGradientKernel,
  depthwiseConv2dKernel,
} from './kernels/depthwise-conv2d.ts';
import { elementwiseKernels } from './kernels/elementwise.ts';
import { indexingKernels } from './kernels/indexing.ts';
import { matMulKernel } from './kernels/mat-mul.ts';
import { poolingKernels } from './kernels/pooling.ts';
import { reductionKernels } from './kernels/reduction.ts';
import { shapeKernels } from './kernels/shape.ts';
import { softmaxKernels } from './kernels/softmax.ts';
import { sourceKernels } from './kernels/source.ts';
import { updateKernels } from './kernels/update.ts';
import type { Node } from '@pare/graph';
import type { DeviceKernel, HostKernel, Kernel } from './kernel.ts';

/** Kernels made of TensorFlow.js ops. */
const deviceKernels: Readonly<Record<string, DeviceKernel>> = {
  ...batchNormKernels,
  ...elementwiseKernels,
  ...indexingKernels,
  ...poolingKernels,
  ...reductionKernels,
  ...shapeKernels,
  ...softmaxKernels,
  ...sourceKernels,
  ...updateKernels,
  conv2d: conv2dKernel,
  conv2dFilterGradient: conv2dFilterGradientKernel,
  conv2dInputGradient: conv2dInputGradientKernel,
  depthwiseConv2d: depthwiseConv2dKernel,
  depthwiseConv2dFilterGradient: depthwiseConv2dFilterGradientKernel,
  depthwiseConv2dInputGradient: depthwiseConv2dInputGradientKernel,
  matMul: matMulKernel,
};

/** Kernels in JavaScript, for what TensorFlow.js lacks or does slowly or differently where tensors lie in host memory. */
const hostKernels: Readonly<Record<string, HostKernel>> = {
  adamUpdate,
  avgPool,
  avgPoolGradient,
  batchNormGradient,
  batchNormTraining,
  broadcastTo,
  depthwiseConv2dFilterGradient,
  kthLargest,
  max,
  maxPool,
  maxPoolGradient,
  maximum,
  minimum,
  momentumUpdate,
  randomUniform,
  reluGradient,
  segmentSum,
  sign,
  sum,
  topK,
  where,
};

/**
 * Kernels of ops whose result is int32, where some backends compute with floats, exact up to 2^24 only. Programs use
 * whole numbers for seeds, indices and counts, all of them small tensors.
 */
const integerKernels: Readonly<Record<string, HostKernel>> = {
  abs: absoluteIntegers,
  add: addIntegers,
  maximum,
  minimum,
  mul: multiplyIntegers,
  neg: negateIntegers,
  segmentSum,
  square: squareIntegers,
  sub: subtractIntegers,
  sum,
};

/**
 * The kernel of a node: where tensors lie in host memory the JavaScript one goes first, else it is the last resort.
 * Integer arithmetic is always JavaScript's.
 */
export function kernelOf({ op, outputs }: Node, hostMemory: boolean): Kernel | undefined {
  const integer = outputs[0]?.dtype === 'int32' ? integerKernels[op.name] : undefined;
  if (integer) return { host: integer };
  const device = deviceKernels[op.name];
  const host = hostKernels[op.name];
  if (host && (hostMemory || !device)) return { host };
  return device && { device };
}
