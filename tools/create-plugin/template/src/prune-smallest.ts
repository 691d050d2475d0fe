import type { Network, Parameter } from '@pare/graph';
import type { Tensors } from '@pare/core';

/** Weights of layers; biases and norms are small and stay. */
const isPruned = ({ role }: Parameter) => role === 'weight';

/** Weights in which all but the largest `keep` (a share of all) are 0. */
export function pruneSmallest(network: Network, weights: Tensors, keep: number): Tensors {
  const pruned = new Map(weights);
  const names = network.parameters.filter(isPruned).map(({ name }) => name);
  const sizes = names.flatMap((name) => Array.from(weights.get(name)!.data, Math.abs));
  const sorted = Float64Array.from(sizes).sort();
  const threshold = sorted[sorted.length - Math.max(1, Math.round(keep * sorted.length))]!;
  for (const name of names) {
    const tensor = weights.get(name)!;
    const data = tensor.data.map((value) => (Math.abs(value) >= threshold ? value : 0));
    pruned.set(name, { ...tensor, data });
  }
  return pruned;
}

/** How many weights there are, and how many of them are not 0. */
export function countWeights(network: Network, weights: Tensors): { kept: number; all: number } {
  let [kept, all] = [0, 0];
  for (const { name } of network.parameters.filter(isPruned)) {
    for (const value of weights.get(name)!.data) {
      all++;
      if (value !== 0) kept++;
    }
  }
  return { kept, all };
}
