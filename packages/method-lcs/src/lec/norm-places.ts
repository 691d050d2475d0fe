import { PareError } from '@pare/core';
import { NetworkUses, topologicalOrder } from '@pare/graph';
import { channelMaker } from './channel-maker.ts';
import { channelReaders } from './channel-readers.ts';
import type { Network, Node, Parameter } from '@pare/graph';
import type { ChannelMaker } from './channel-maker.ts';

/**
 * What can be done with the channels of a batch norm that are pruned: `remove`, with the filters that make them; `select`: the norm
 * keeps them because others read its input, and what follows the norm gets the rest; `mask`: they stay and are zero.
 */
export type NormUse =
  | {
      readonly kind: 'remove';
      readonly maker: ChannelMaker;
      readonly readers: readonly Parameter[];
    }
  | { readonly kind: 'select'; readonly readers: readonly Parameter[] }
  | { readonly kind: 'mask'; readonly reason: string };

/** A batch norm and its place in the network. */
export interface NormPlace {
  readonly layer: string;
  readonly node: Node;
  /** Scale, shift, running mean and running variance [channels]. */
  readonly vectors: readonly [Parameter, Parameter, Parameter, Parameter];
  readonly channels: number;
  readonly use: NormUse;
}

const known = new WeakMap<Network, readonly NormPlace[]>();

/** The batch norms of a network in the order of its parameters. Throws LCS_NORM where two norms share a vector. */
export function normPlaces(network: Network): readonly NormPlace[] {
  const found = known.get(network);
  if (found) return found;
  const uses = new NetworkUses(network);
  const places = topologicalOrder([network.output])
    .filter(({ op }) => op.name === 'batchNorm')
    .map((node) => normPlace(network.name, node, uses));
  const order = new Map(network.parameters.map((parameter, i) => [parameter, i]));
  places.sort((a, b) => order.get(a.vectors[0])! - order.get(b.vectors[0])!);
  known.set(network, places);
  return places;
}

function normPlace(network: string, node: Node, uses: NetworkUses): NormPlace {
  const vectors = node.inputs.slice(1).map((value) => uses.ownParameter(value));
  const [scale, shift, mean, variance] = vectors;
  if (!scale || !shift || !mean || !variance) {
    throw new PareError(
      'LCS_NORM',
      `method "lcs": the variant "lec" needs batch norms with scale, shift and running statistics of their own; "${network}" has one that shares them with another layer or computes them. Give each layer a norm of its own.`,
    );
  }
  return {
    layer: scale.layer,
    node,
    vectors: [scale, shift, mean, variance],
    channels: scale.shape[0]!,
    use: normUse(node, uses),
  };
}

function normUse(node: Node, uses: NetworkUses): NormUse {
  const readers = channelReaders(node.outputs[0]!, uses);
  if ('reason' in readers) return { kind: 'mask', reason: readers.reason };
  const maker = channelMaker(node, uses);
  if (!maker) return { kind: 'select', readers: readers.weights };
  return { kind: 'remove', maker, readers: readers.weights };
}
