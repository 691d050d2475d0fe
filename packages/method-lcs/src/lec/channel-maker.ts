import { isWhole } from './channel-readers.ts';
import type { NetworkUses, Node, Parameter } from '@pare/graph';

/** Parameters of the convolution that makes the channels of one norm and of nothing else; they lie along the last axes. */
export type ChannelMaker = readonly Parameter[];

/** The convolution before a norm; undefined where others read its channels too, or another op makes them. */
export function channelMaker(norm: Node, uses: NetworkUses): ChannelMaker | undefined {
  const [made] = norm.inputs;
  if (!uses.isReadOnce(made!.node)) return undefined;
  if (made!.node.op.name !== 'add') return convolution(made!.node, uses);
  const [sum, shift] = made!.node.inputs;
  const bias = uses.ownParameter(shift!);
  const weight = uses.isReadOnce(sum!.node) ? convolution(sum!.node, uses) : undefined;
  return bias && bias.shape.length === 1 && weight ? [...weight, bias] : undefined;
}

function convolution(node: Node, uses: NetworkUses): ChannelMaker | undefined {
  if (node.op.name !== 'conv2d') return undefined;
  const weight = uses.ownParameter(node.inputs[1]!);
  return weight && isWhole(node, weight) ? [weight] : undefined;
}
