import { topologicalOrder } from '@pare/graph';
import type { Network } from '@pare/graph';

/** Those ops of a network that are named, in the order in which they are computed. */
export function opsOf(network: Network, ...names: string[]): string[] {
  const all = topologicalOrder([network.output]).map(({ op }) => op.name);
  return all.filter((name) => names.includes(name));
}
