import { PareError } from '@pare/core';
import { topologicalOrder } from '@pare/graph';
import type { Network } from '@pare/graph';

/** Kinds of normalisation as networks have them. */
export type Norm = 'batch' | 'group' | 'instance';

const kinds: Readonly<Record<string, Norm>> = {
  batchNorm: 'batch',
  groupNorm: 'group',
  instanceNorm: 'instance',
};

/** The norms that a network has. */
export function normsOf(network: Network): Set<Norm> {
  const names = topologicalOrder([network.output]).map((node) => kinds[node.op.name]);
  return new Set(names.filter((kind) => kind !== undefined));
}

/** Throws LCS_NORM where the network has another norm than the ones that work. */
export function requireNorms(network: Network, what: string, allowed: readonly Norm[]): void {
  for (const norm of normsOf(network)) {
    if (allowed.includes(norm)) continue;
    throw new PareError(
      'LCS_NORM',
      `method "lcs": ${what} needs ${allowed.join(' or ')} norm; "${network.name}" has ${norm} norm. Set the model's option "norm".`,
    );
  }
}
