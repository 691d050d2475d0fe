import { evaluateDim, sizeOf } from '../ir/dim.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { instantiate } from '../network/instantiate.ts';
import { assignLayers } from './assign-layers.ts';
import { windowOf } from './layer-window.ts';
import type { Network } from '../network/network.ts';
import type { Node, Value } from '../ir/value.ts';
import type { LayerWindow } from './layer-window.ts';

/** Work and size of one layer for one image. */
export interface LayerCost {
  readonly layer: string;
  /** The op that did most of the work with the layer's parameters, for example `conv2d`. */
  readonly op: string;
  /** Shape of that op's result, batch included. */
  readonly outputShape: readonly number[];
  /** Window of that op, if it is a convolution. */
  readonly window?: LayerWindow;
  /** Trainable parameters. */
  readonly parameters: number;
  /** Multiply-adds of convolutions and matrix products. */
  readonly macs: number;
  /** All floating-point operations; a multiply-add counts as two. */
  readonly flops: number;
}

/** Cost of a network for one image. */
export interface CostReport {
  readonly layers: readonly LayerCost[];
  readonly parameters: number;
  readonly macs: number;
  readonly flops: number;
  /** Bytes of all trainable parameters as float32. */
  readonly bytes: number;
  /** Bytes of the largest sum of one op's activations in and out, for one image. */
  readonly peakActivationBytes: number;
  /** Bytes of the results of all layers (`outputShape`), for one image: about what training keeps for its gradients. */
  readonly activationBytes: number;
}

const one = new Map([['batch', 1]]);
const elements = (value: Value): number => evaluateDim(sizeOf(value.shape), one);
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function costOf(node: Node): { macs: number; flops: number } {
  const cost = node.op.cost?.(node) ?? { macs: 0, flops: elements(node.outputs[0]!) };
  return { macs: evaluateDim(cost.macs, one), flops: evaluateDim(cost.flops, one) };
}

/** Parameters, multiply-adds and FLOPs of the network in evaluation, for each layer and in all, batch size 1. */
export function costReport(network: Network): CostReport {
  const nodes = topologicalOrder([instantiate(network, { mode: 'eval' }).output]);
  const { layerOf, isActivation } = assignLayers(network, nodes);
  const active = nodes.filter(isActivation);
  const sizes = parametersByLayer(network);
  const byLayer = groupBy(
    active.filter((node) => layerOf.has(node)),
    (node) => layerOf.get(node)!,
  );
  const readsWeights = (node: Node) =>
    node.inputs.some(({ node: from }) => layerOf.has(from) && !isActivation(from));
  const layers = [...byLayer].map(([layer, members]) =>
    layerCost(layer, members, members.filter(readsWeights), sizes.get(layer) ?? 0),
  );
  const total = (key: 'parameters' | 'macs' | 'flops') =>
    layers.reduce((sum, cost) => sum + cost[key], 0);
  const working = active.map((node) => {
    const read = node.inputs.filter((value) => value === network.input || isActivation(value.node));
    const tensors = [...read, node.outputs[0]!];
    return 4 * tensors.reduce((sum, value) => sum + elements(value), 0);
  });
  return {
    layers,
    parameters: total('parameters'),
    macs: total('macs'),
    flops: total('flops'),
    bytes: 4 * total('parameters'),
    peakActivationBytes: working.reduce((most, bytes) => Math.max(most, bytes), 0),
    activationBytes: 4 * layers.reduce((sum, cost) => sum + product(cost.outputShape), 0),
  };
}

function layerCost(
  layer: string,
  members: readonly Node[],
  weighted: readonly Node[],
  parameters: number,
): LayerCost {
  const costs = members.map(costOf);
  // A pooling behind a norm may do more work, but is not what the layer is.
  const main = weighted.reduce((best, node) =>
    costOf(node).flops > costOf(best).flops ? node : best,
  );
  const window = windowOf(main);
  return {
    layer,
    op: main.op.name,
    outputShape: main.outputs[0]!.shape.map((dim) => evaluateDim(dim, one)),
    ...(window ? { window } : {}),
    parameters,
    macs: costs.reduce((sum, cost) => sum + cost.macs, 0),
    flops: costs.reduce((sum, cost) => sum + cost.flops, 0),
  };
}

/** Trainable parameters of each layer. */
function parametersByLayer({ parameters }: Network): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { layer, shape, trainable } of parameters) {
    if (trainable) sizes.set(layer, (sizes.get(layer) ?? 0) + product(shape));
  }
  return sizes;
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
