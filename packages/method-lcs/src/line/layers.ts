import { topologicalOrder } from '@pare/graph';
import type { Network, Node, Parameter } from '@pare/graph';

/** Weights of a network by their place: LCS treats the first and the last layer and norms in ways of their own. */
export interface LayerParameters {
  /** Weights of layers that read the input, with no weight before them. */
  readonly stem: readonly Parameter[];
  /** Weights whose output reaches the logits with no weight behind them. */
  readonly classifier: readonly Parameter[];
  /** All other weights of convolutions and dense layers: the ones that are compressed. */
  readonly blocks: readonly Parameter[];
  readonly normScales: readonly Parameter[];
  readonly normShifts: readonly Parameter[];
}

const known = new WeakMap<Network, LayerParameters>();

/**
 * Sorts the parameters of a network by their place, each kind in the network's order. A layer that is first and last counts
 * as classifier; what stands beside the graph, such as second end points, is left out.
 */
export function layerParameters(network: Network): LayerParameters {
  const found = known.get(network) ?? sortParameters(network);
  known.set(network, found);
  return found;
}

function sortParameters(network: Network): LayerParameters {
  const nodes = topologicalOrder([network.output]);
  const used = new Set(nodes);
  const parameters = network.parameters.filter(({ variable }) => used.has(variable.node));
  const weights = parameters.filter(({ role }) => role === 'weight');
  const isWeight = new Map(weights.map((parameter) => [parameter.variable.node, parameter]));
  const stem = new Set<Parameter>();
  // Nodes that have a weight before them.
  const weighted = new Set<Node>();
  for (const node of nodes) {
    const own = node.inputs.map((input) => isWeight.get(input.node)).filter((p) => p !== undefined);
    const behind = node.inputs.some((input) => weighted.has(input.node));
    if (!behind) own.forEach((parameter) => stem.add(parameter));
    if (behind || own.length > 0) weighted.add(node);
  }
  const classifier = new Set<Parameter>();
  const open = [network.output.node];
  const seen = new Set<Node>();
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const own = node.inputs.map((input) => isWeight.get(input.node)).filter((p) => p !== undefined);
    own.forEach((parameter) => classifier.add(parameter));
    if (own.length === 0) open.push(...node.inputs.map((input) => input.node));
  }
  classifier.forEach((parameter) => stem.delete(parameter));
  return {
    stem: weights.filter((parameter) => stem.has(parameter)),
    classifier: weights.filter((parameter) => classifier.has(parameter)),
    blocks: weights.filter((parameter) => !stem.has(parameter) && !classifier.has(parameter)),
    normScales: parameters.filter(({ role }) => role === 'norm-scale'),
    normShifts: parameters.filter(({ role }) => role === 'norm-shift'),
  };
}
