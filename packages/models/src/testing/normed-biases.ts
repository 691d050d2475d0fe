import { topologicalOrder } from '@pare/graph';
import type { Network } from '@pare/graph';

const subtractsMeans = new Set(['batchNorm', 'instanceNorm']);

/** Names of the biases that the norm behind them takes away again: the gradient of such a bias is rounding noise. */
export function normedBiases(network: Network): ReadonlySet<string> {
  const nodes = topologicalOrder([network.output]);
  const sums = nodes.filter(({ op }) => subtractsMeans.has(op.name)).map((n) => n.inputs[0]!.node);
  const added = new Set(sums.filter(({ op }) => op.name === 'add').map((n) => n.inputs[1]!.node));
  const biases = network.parameters.filter(({ role }) => role === 'bias');
  return new Set(biases.filter(({ variable }) => added.has(variable.node)).map(({ name }) => name));
}
