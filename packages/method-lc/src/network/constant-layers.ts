import {
  add,
  broadcastTo,
  cast,
  isFinite,
  mul,
  rewriteNetwork,
  scalar,
  sum,
  topologicalOrder,
} from '@pare/graph';
import { kernelUses } from './kernel-use.ts';
import type { Network, Node, Value } from '@pare/graph';
import type { Kernel } from './kernel.ts';
import type { LayerDecision } from './layer-decision.ts';

/**
 * The network with zeros for what layers of rank 0 compute, so that their bias alone is left. Layers that nothing else
 * reads go; the decisions name them too.
 */
export function withConstantLayers(
  network: Network,
  kernels: readonly Kernel[],
): { network: Network; decisions: readonly LayerDecision[] } {
  const useOf = kernelUses(network);
  const silent = new Map<Node, Kernel>();
  for (const kernel of kernels) {
    const use = useOf(kernel.parameter);
    if (use.kind === 'layer' && isZero(kernel)) silent.set(use.node, kernel);
  }
  if (silent.size === 0) return { network, decisions: [] };
  const zeros = new Map<Kernel, Value>();
  const result = rewriteNetwork(network, ({ node, inputs }) => {
    const kernel = silent.get(node);
    if (!kernel) return undefined;
    const zero = zerosLike(node.outputs[0]!, network.input, inputs[0]!);
    zeros.set(kernel, zero);
    return [zero];
  });
  const left = new Set(topologicalOrder([result.output]));
  const decisions = kernels
    .filter(({ parameter }) => !result.parameters.includes(parameter))
    .map((kernel) => decisionOf(kernel, left.has(zeros.get(kernel)?.node as Node)));
  return { network: result, decisions };
}

const isZero = ({ theta }: Kernel): boolean => theta.kind === 'factors' && theta.rank === 0;

/**
 * Zeros of a layer's output. They are made from the network's images, so that the batch has their size; whatever the images
 * are, not finite either, they are 0.
 */
function zerosLike(output: Value, images: Value, x: Value): Value {
  const rank = output.shape.length;
  const source = images.shape.length >= rank ? images : x;
  const surplus = source.shape.slice(rank).map((_, i) => rank + i);
  const same = surplus.length > 0 ? sum(source, surplus) : source;
  const features = output.shape.slice(1);
  const axes = features.map((_, i) => 1 + i);
  const zero = mul(cast(isFinite(sum(same, axes, { keepDims: true })), 'float32'), 0);
  return add(zero, broadcastTo(scalar(0), features));
}

function decisionOf({ task, parameter }: Kernel, constant: boolean): LayerDecision {
  const kernel = { task, layer: parameter.layer, weight: parameter.name, parameters: [] };
  return constant
    ? { ...kernel, form: 'constant', rank: 0, reason: 'rank 0: the output is the bias' }
    : { ...kernel, form: 'removed', reason: 'only layers of rank 0 read what it gives' };
}
