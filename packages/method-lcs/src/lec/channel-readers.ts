import type { NetworkUses, Node, Parameter, Use, Value } from '@pare/graph';

/** Weights that read the channels of a norm: [..., in, out], one axis before the last; or why its channels have to stay. */
export type ChannelReaders =
  { readonly weights: readonly Parameter[] } | { readonly reason: string };

/**
 * Follows channels that are zero on every pixel to the weights that read them. Where all they meet on the way keeps zeros zero, and
 * only convolutions and dense layers read them in the end, they can be taken out and nothing changes.
 */
export function channelReaders(norm: Value, uses: NetworkUses): ChannelReaders {
  const weights: Parameter[] = [];
  const open = [norm.node];
  for (let node = open.pop(); node; node = open.pop()) {
    if (uses.isOutput(node)) return { reason: 'the network puts it out' };
    for (const use of uses.of(node)) {
      const weight = readingWeight(use, uses);
      if (weight) weights.push(weight);
      else if (keepsZeros(use, uses)) open.push(use.node);
      else return { reason: reasonOf(use) };
    }
  }
  return { weights };
}

const reasonOf = ({ node }: Use): string =>
  node.op.name === 'add'
    ? 'it is added to other channels'
    : `"${node.op.name}" needs all its channels`;

function readingWeight({ node, place }: Use, uses: NetworkUses): Parameter | undefined {
  if (place !== 0) return undefined;
  const weight = node.inputs[1] && uses.ownParameter(node.inputs[1]);
  return weight && isWhole(node, weight) ? weight : undefined;
}

/** Whether each output reads all channels of the input. */
export function isWhole({ op, inputs, attributes }: Node, weight: Parameter): boolean {
  const read = weight.shape.at(-2);
  if (op.name === 'conv2d') return read === inputs[0]!.shape[3];
  return op.name === 'matMul' && !attributes.transposeA && !attributes.transposeB;
}

const unary = new Set([
  'relu',
  'tanh',
  'abs',
  'neg',
  'square',
  'sqrt',
  'sign',
  'round',
  'dropout',
  'maxPool',
  'avgPool',
  'flatten',
  'stopGradient',
]);

function keepsZeros(use: Use, uses: NetworkUses): boolean {
  const { op, inputs, attributes } = use.node;
  if (unary.has(op.name)) return true;
  if (op.name === 'sum') {
    const axes = attributes.axes as readonly number[];
    return !axes.includes(inputs[0]!.shape.length - 1);
  }
  if (op.name === 'mul') return inputs[1 - use.place]!.shape.length === 0;
  if (op.name === 'div') return use.place === 0 && inputs[1]!.shape.length === 0;
  return op.name === 'pad' && padKeepsZeros(use.node, uses);
}

/** Pixels of zeros, or pixels that never win around max pooling; no more channels. */
function padKeepsZeros(pad: Node, uses: NetworkUses): boolean {
  const { paddings, value } = pad.attributes as { paddings: number[][]; value: number };
  const [before, after] = paddings.at(-1)!;
  if (before !== 0 || after !== 0) return false;
  return value === 0 || uses.of(pad).every(({ node }) => node.op.name === 'maxPool');
}
