import { torchShape } from '@pare/core';
import { countNonzero } from '../count-nonzero.ts';
import { tensorOf } from '../pruning/tensor-of.ts';
import { weightAxes } from '../weight-axes.ts';
import type { HostTensor, Tensors } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';

/** How many of something are left. */
export interface Share {
  readonly alive: number;
  readonly total: number;
}

/** What is not 0 in one parameter. */
export interface TensorSparsity {
  readonly name: string;
  readonly layer: string;
  readonly role: Parameter['role'];
  /** Shape in PyTorch's order of axes, as the authors print it. */
  readonly shape: readonly number[];
  readonly elements: Share;
  /** Input channels with any element left (`dim0`); dense and convolutional weights only. */
  readonly channels?: Share;
  /** Output filters with any element left (`dim1`); dense and convolutional weights only. */
  readonly filters?: Share;
}

/** Counts the positions along one axis of a row-major tensor at which any element is not 0. */
function aliveAlong(axis: number, shape: readonly number[], data: ArrayLike<number>): Share {
  const total = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((product, dim) => product * dim, 1);
  const found = new Uint8Array(total);
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 0) found[Math.floor(i / inner) % total] = 1;
  }
  return { alive: found.reduce((count, one) => count + one, 0), total };
}

/** Counts of one parameter. */
export function tensorSparsity(
  parameter: Parameter,
  tensor: Pick<HostTensor, 'data'>,
): TensorSparsity {
  const { name, layer, role } = parameter;
  const { data } = tensor;
  const elements = { alive: countNonzero(data), total: data.length };
  const counts = { name, layer, role, shape: torchShape(parameter), elements };
  const axes = weightAxes(parameter);
  if (!axes) return counts;
  return {
    ...counts,
    channels: aliveAlong(axes.channel, parameter.shape, data),
    filters: aliveAlong(axes.filter, parameter.shape, data),
  };
}

/** Counts of every trainable parameter, in order of registration. */
export function networkSparsity(network: Network, weights: Tensors): TensorSparsity[] {
  return network.parameters
    .filter((parameter) => parameter.trainable)
    .map((parameter) => tensorSparsity(parameter, tensorOf(weights, parameter.name)));
}
