import { countNonzero } from '../count-nonzero.ts';
import { tensorOf } from './tensor-of.ts';
import { finiteElements, pruneTensor } from './prune-tensor.ts';
import { pruningThreshold } from './threshold.ts';
import type { Network, Parameter } from '@pare/graph';
import type { HostTensor, Tensors } from '@pare/core';
import type { PruningRule } from './threshold.ts';

/** What is pruned and how. */
export type PruningSettings = PruningRule & {
  /** Prune biases and norm shifts too, as the authors' MNIST scripts do. */
  readonly biases: boolean;
  /** Prune the scales of norm layers too, as all of the authors' scripts do. */
  readonly normScales: boolean;
};

/** A tensor that was pruned. */
export interface PrunedTensor {
  readonly name: string;
  readonly threshold: number;
  readonly alive: number;
  readonly size: number;
}

/** Whether the settings prune a parameter. */
export function isPruned(
  parameter: Pick<Parameter, 'role' | 'trainable'>,
  settings: PruningSettings,
): boolean {
  if (!parameter.trainable) return false;
  if (parameter.role === 'bias' || parameter.role === 'norm-shift') return settings.biases;
  if (parameter.role === 'norm-scale') return settings.normScales;
  return true;
}

/** Sets weights below their tensor's threshold to 0; gives all weights and what was done to each tensor. */
export function pruneNetwork(
  network: Network,
  weights: Tensors,
  settings: PruningSettings,
): { weights: Tensors; pruned: readonly PrunedTensor[] } {
  const result = new Map<string, HostTensor>(weights);
  const pruned = network.parameters
    .filter((parameter) => isPruned(parameter, settings))
    .map(({ name }): PrunedTensor => {
      const tensor = tensorOf(weights, name);
      const threshold = pruningThreshold(settings, finiteElements(name, tensor));
      const after = pruneTensor(name, tensor, threshold);
      result.set(name, after);
      return { name, threshold, alive: countNonzero(after.data), size: after.data.length };
    });
  return { weights: result, pruned };
}
