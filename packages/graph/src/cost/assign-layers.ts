import type { Network } from '../network/network.ts';
import type { Node } from '../ir/value.ts';

/**
 * The layer of each node: that of the parameters it uses, else that of the layer that feeds it. Nodes that do not depend
 * on the network's input (masked or scaled weights) are no activations; they carry their parameter's layer onward.
 */
export function assignLayers(network: Network, nodes: readonly Node[]) {
  const ownLayer = new Map(network.parameters.map((p) => [p.variable.node, p.layer]));
  const layerOf = new Map<Node, string>();
  const activations = new Set<Node>([network.input.node]);
  for (const node of nodes) {
    const inputs = node.inputs.map((value) => value.node);
    const fromWeights = inputs.findLast((n) => !activations.has(n) && layerOf.has(n));
    const source = fromWeights ?? inputs.find((n) => layerOf.has(n));
    const layer = ownLayer.get(node) ?? (source && layerOf.get(source));
    if (layer !== undefined) layerOf.set(node, layer);
    if (inputs.some((n) => activations.has(n))) activations.add(node);
  }
  activations.delete(network.input.node);
  return { layerOf, isActivation: (node: Node) => activations.has(node) };
}
