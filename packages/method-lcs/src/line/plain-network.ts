import type { Network } from '@pare/graph';

const plain = new WeakMap<Network, Network>();

/**
 * The network without what LCS has added beside its graph; always the same object for the same network, so that a session
 * stays open when only weights change.
 */
export function plainNetwork(network: Network, isAdded: (name: string) => boolean): Network {
  const known = plain.get(network);
  if (known) return known;
  const parameters = network.parameters.filter(({ name }) => !isAdded(name));
  const result = { ...network, parameters };
  plain.set(network, result);
  return result;
}
