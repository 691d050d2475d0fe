import { evaluateDim, sizeOf } from '../ir/dim.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { instantiate } from '../network/instantiate.ts';
import { assignLayers } from './assign-layers.ts';
import type { Network } from '../network/network.ts';
import type { Node, Value } from '../ir/value.ts';

/** Work and size of one layer for one image. */
export interface LayerCost {
  readonly layer: string;
  /** The op that did most of the work, for example `conv2d`. */
  readonly op: string;
  /** Shape of that op's result, batch included. */
  readonly outputShape: readonly number[];
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
}

const one = new Map([['batch', 1]]);
const elements = (value: Value): number => evaluateDim(sizeOf(value.shape), one);

function costOf(node: Node): { macs: number; flops: number } {
  const cost = node.op.cost?.(node) ?? { macs: 0, flops: elements(node.outputs[0]!) };
  return { macs: evaluateDim(cost.macs, one), flops: evaluateDim(cost.flops, one) };
}

/** Parameters, multiply-adds and FLOPs of the network in evaluation, for each layer and in all, batch size 1. */
export function costReport(network: Network): CostReport {
  const nodes = topologicalOrder([instantiate(network, { mode: 'eval' }).output]);
  const { layerOf, isActivation } = assignLayers(network, nodes);
  const byLayer = new Map<string, Node[]>();
  for (const node of nodes) {
    const layer = layerOf.get(node);
    if (layer === undefined || !isActivation(node)) continue;
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), node]);
  }
  const layers = [...byLayer].map(([layer, members]): LayerCost => {
    const costs = members.map(costOf);
    const main =
      members[costs.reduce((best, cost, i) => (cost.flops > costs[best]!.flops ? i : best), 0)]!;
    const own = network.parameters.filter((p) => p.layer === layer && p.trainable);
    return {
      layer,
      op: main.op.name,
      outputShape: main.outputs[0]!.shape.map((dim) => evaluateDim(dim, one)),
      parameters: own.reduce((sum, p) => sum + p.shape.reduce((a, b) => a * b, 1), 0),
      macs: costs.reduce((sum, cost) => sum + cost.macs, 0),
      flops: costs.reduce((sum, cost) => sum + cost.flops, 0),
    };
  });
  const total = (key: 'parameters' | 'macs' | 'flops') =>
    layers.reduce((sum, cost) => sum + cost[key], 0);
  const working = nodes.filter(isActivation).map((node) => {
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
    peakActivationBytes: Math.max(0, ...working),
  };
}
