import { torchShape } from '@pare/core';
import { costReport } from '@pare/graph';
import type { Network, Parameter, ParameterLayout } from '@pare/graph';

/** What is known of the weights of a task. */
export interface TaskGroup {
  readonly parameters: readonly Parameter[];
  /** Number of all of them. */
  readonly weights: number;
  /** In PyTorch's order; [weights] of several layers together. */
  readonly shape: readonly number[];
  /** Pixels of the layer's output, where the group is one layer that the network's output depends on. */
  readonly spatial?: number;
}

const kernelLayouts: readonly ParameterLayout[] = ['hwio', 'hwcm', 'io'];

/** The kernels of convolutions and dense layers, in the order of the network; norms and biases are none. */
export function kernelsOf({ parameters }: Network): Parameter[] {
  return parameters.filter(
    ({ role, layout, trainable }) =>
      role === 'weight' && trainable && kernelLayouts.includes(layout),
  );
}

/** Number of weights of kernels. */
export function weightsOf(parameters: readonly Pick<Parameter, 'shape'>[]): number {
  return parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

/** Output pixels by layer, 1 for dense layers; without those that the output does not depend on. */
export function outputPixels(network: Network): ReadonlyMap<string, number> {
  return new Map(
    costReport(network).layers.map(({ layer, outputShape }) => [
      layer,
      outputShape.slice(1, -1).reduce((a, b) => a * b, 1),
    ]),
  );
}

/** Kernels that are compressed together. */
export function taskGroup(
  parameters: readonly Parameter[],
  pixels: ReadonlyMap<string, number>,
): TaskGroup {
  const weights = weightsOf(parameters);
  const [first, ...others] = parameters;
  if (!first || others.length > 0) return { parameters, weights, shape: [weights] };
  const spatial = pixels.get(first.layer);
  return { parameters, weights, shape: torchShape(first), ...(spatial && { spatial }) };
}
