import { finiteElements, pruneTensor } from './prune-tensor.ts';
import { tensorOf } from './tensor-of.ts';
import { pruningThreshold } from './threshold.ts';
import type { HostTensor, Tensors } from '@pare/core';

/** Prunes each tensor at `sensitivity` (default 0.25) times its standard deviation; gives the thresholds too. */
export function pruneByStd(
  weights: Tensors,
  names: readonly string[],
  sensitivity = 0.25,
): { weights: Tensors; thresholds: ReadonlyMap<string, number> } {
  const result = new Map<string, HostTensor>(weights);
  const thresholds = new Map<string, number>();
  for (const name of names) {
    const tensor = tensorOf(weights, name);
    const threshold = pruningThreshold(
      { rule: 'std-ratio', sensitivity },
      finiteElements(name, tensor),
    );
    thresholds.set(name, threshold);
    result.set(name, pruneTensor(name, tensor, threshold));
  }
  return { weights: result, thresholds };
}
