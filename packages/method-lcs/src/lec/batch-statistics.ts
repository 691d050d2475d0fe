import { instantiate } from '@pare/graph';
import type { Network } from '@pare/graph';

const changed = new WeakMap<Network, Network>();

/**
 * The network with batch norms that use the statistics of the batch in evaluation, too; always the same object for the same
 * network. Its results depend on the batch.
 */
export function withBatchStatistics(network: Network): Network {
  const known = changed.get(network);
  if (known) return known;
  const { output } = instantiate(network, {
    mode: 'eval',
    rule: ({ node, inputs }) =>
      node.op.name === 'batchNorm'
        ? node.op.instantiate!({ node, inputs, mode: 'train', seed: undefined, update: () => {} })
        : undefined,
  });
  const result = { ...network, output };
  changed.set(network, result);
  return result;
}
