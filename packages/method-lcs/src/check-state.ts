import { PareError } from '@pare/core';
import { topologicalOrder } from '@pare/graph';
import { someOf } from './line/some-of.ts';
import type { Network } from '@pare/graph';
import type { Regime } from './regime.ts';

/**
 * Throws LCS_STATE where a network does not have what a regime adds beside its graph, or has something else there: then it was trained with other
 * options, and what it gives would be wrong without a word.
 */
export function checkState(network: Network, regime: Regime, options: string): void {
  const inGraph = new Set(topologicalOrder([network.output]));
  const beside = network.parameters.filter(({ variable }) => !inGraph.has(variable.node));
  const expected = new Set(regime.added(network).map(({ name }) => name));
  const has = new Set(beside.map(({ name }) => name));
  const missing = [...expected].filter((name) => !has.has(name));
  const surplus = [...has].filter((name) => !expected.has(name));
  if (missing.length === 0 && surplus.length === 0) return;
  const lacks = missing.length > 0 && `it lacks ${someOf(missing)}`;
  const more = surplus.length > 0 && `it also has ${someOf(surplus)}`;
  throw new PareError(
    'LCS_STATE',
    `method "lcs": the model "${network.name}" was not trained with ${options}: ${[lacks, more].filter(Boolean).join(', ')}. Use the options of its recipe.`,
  );
}
