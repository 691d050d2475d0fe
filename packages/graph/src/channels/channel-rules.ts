import { fixLayout, joinLayouts, oneSet } from './layout.ts';
import type { Dim } from '../ir/dim.ts';
import type { Node, Value } from '../ir/value.ts';
import type { ChannelFinder } from './find-channels.ts';
import type { ChannelLayout } from './layout.ts';

/** Says what a node does with channels. */
export type ChannelRule = (context: {
  readonly node: Node;
  readonly finder: ChannelFinder;
}) => void;

const isParameter = (value: Value): boolean => value.node.op.name === 'variable';

/** The output has the channels of the input. */
const same: ChannelRule = ({ node, finder }) => {
  const layout = finder.of(node.inputs[0]!);
  if (layout) finder.set(node.outputs[0]!, layout);
};

/** What is not known here keeps its channels. */
const unknown: ChannelRule = ({ node, finder }) => {
  const reason = `"${node.op.name}" is not known to keep channels apart`;
  const layouts = node.inputs.map((value) => finder.of(value)).filter((l) => l !== undefined);
  if (layouts.length === 0) return;
  layouts.forEach((layout) => fixLayout(layout, reason));
  for (const value of node.outputs) {
    const size = value.shape.at(-1);
    if (typeof size === 'number') finder.set(value, oneSet(size, reason));
  }
};

/** Convolution with filters [h, w, in / groups, out]. */
const conv2d: ChannelRule = ({ node, finder }) => {
  const [x, weight] = node.inputs as [Value, Value];
  const input = finder.of(x);
  if (!input || !isParameter(weight)) return unknown({ node, finder });
  const [inputs, outputs] = weight.shape.slice(2) as [number, number];
  const grouped = inputs !== x.shape[3] ? 'a grouped convolution reads or makes them' : undefined;
  const output = oneSet(outputs, grouped);
  if (grouped) fixLayout(input, grouped);
  else finder.parameter(weight, 2, input);
  finder.parameter(weight, 3, output);
  finder.set(node.outputs[0]!, output);
};

/** Each channel has filters [h, w, channel, 1] of its own. */
const depthwiseConv2d: ChannelRule = ({ node, finder }) => {
  const [x, weight] = node.inputs as [Value, Value];
  const input = finder.of(x);
  if (!input || !isParameter(weight) || weight.shape[3] !== 1) return unknown({ node, finder });
  finder.parameter(weight, 2, input);
  finder.set(node.outputs[0]!, input);
};

/** Dense layer with a weight [in, out]. */
const matMul: ChannelRule = ({ node, finder }) => {
  const [x, weight] = node.inputs as [Value, Value];
  const input = finder.of(x);
  const plain = !node.attributes.transposeA && !node.attributes.transposeB;
  if (!input || !isParameter(weight) || !plain) return unknown({ node, finder });
  const output = oneSet(weight.shape[1] as number);
  finder.parameter(weight, 0, input);
  finder.parameter(weight, 1, output);
  finder.set(node.outputs[0]!, output);
};

/** Norms with vectors of one number for each channel. */
const norm: ChannelRule = ({ node, finder }) => {
  const [x, ...vectors] = node.inputs as [Value, ...Value[]];
  const layout = finder.of(x);
  if (!layout) return;
  for (const vector of vectors) {
    if (isParameter(vector)) finder.parameter(vector, 0, layout);
    else fixLayout(layout, 'a norm has a scale or shift that is no parameter');
  }
  finder.set(node.outputs[0]!, layout);
};

/** Group norm depends on which channels are neighbours. */
const groupNorm: ChannelRule = (context) => {
  const layout = context.finder.of(context.node.inputs[0]!);
  if (layout) fixLayout(layout, 'group norm treats neighbouring channels together');
  norm(context);
};

/** Elementwise op of two operands: channels meet, or a parameter or a number is applied to them. */
const binary: ChannelRule = (context) => {
  const { node, finder } = context;
  const [a, b] = node.inputs as [Value, Value];
  const [left, right] = [finder.of(a), finder.of(b)];
  if (left && right) {
    if (a.shape.at(-1) !== b.shape.at(-1)) return unknown(context);
    joinLayouts(left, right);
    finder.set(node.outputs[0]!, left);
    return;
  }
  const layout = left ?? right;
  if (!layout) return;
  const other = left ? b : a;
  if (isParameter(other) && other.shape.length === 1) finder.parameter(other, 0, layout);
  else if (other.shape.length > 0) return unknown(context);
  finder.set(node.outputs[0]!, layout);
};

/** Sums over all but the first and the last axis keep the channels. */
const reduce: ChannelRule = (context) => {
  const { node } = context;
  const rank = node.inputs[0]!.shape.length;
  const axes = node.attributes.axes as readonly number[];
  if (axes.includes(0) || axes.includes(rank - 1)) return unknown(context);
  same(context);
};

const flatten: ChannelRule = ({ node, finder }) => {
  const [x] = node.inputs as [Value];
  const layout = finder.of(x);
  if (!layout) return;
  const pixels = (x.shape.slice(1, -1) as number[]).reduce((a, b) => a * b, 1);
  finder.set(node.outputs[0]!, { parts: layout.parts, repeat: layout.repeat * pixels });
};

const concat: ChannelRule = (context) => {
  const { node, finder } = context;
  const layouts = node.inputs.map((value) => finder.of(value));
  const last = node.inputs[0]!.shape.length - 1;
  const joins = node.attributes.axis === last && layouts.every((l) => l?.repeat === 1);
  if (!joins) return unknown(context);
  finder.set(node.outputs[0]!, { parts: layouts.flatMap((l) => l!.parts), repeat: 1 });
};

/** Zeros around images change nothing; zero channels are channels that cannot go. */
const pad: ChannelRule = (context) => {
  const { node, finder } = context;
  const layout = finder.of(node.inputs[0]!);
  if (!layout) return;
  const [before, after] = (node.attributes.paddings as readonly (readonly [Dim, Dim])[]).at(-1)!;
  if (before === 0 && after === 0) return same(context);
  if (layout.repeat !== 1 || typeof before !== 'number' || typeof after !== 'number')
    return unknown(context);
  const zeros = (size: number): ChannelLayout['parts'] =>
    size > 0 ? oneSet(size, 'they are zeros').parts : [];
  const parts = [...zeros(before), ...layout.parts, ...zeros(after)];
  finder.set(node.outputs[0]!, { parts, repeat: 1 });
};

const nothing: ChannelRule = () => {};

const keeping = [
  'relu',
  'tanh',
  'sigmoid',
  'softplus',
  'abs',
  'neg',
  'square',
  'sqrt',
  'exp',
  'sign',
  'round',
  'dropout',
  'maxPool',
  'avgPool',
  'stopGradient',
];
const pairs = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum'];

/** Rules by op; `unknown` for all others. */
export const channelRules: Readonly<Record<string, ChannelRule>> = {
  unknown,
  conv2d,
  depthwiseConv2d,
  matMul,
  batchNorm: norm,
  instanceNorm: norm,
  groupNorm,
  flatten,
  concat,
  pad,
  sum: reduce,
  variable: nothing,
  constant: nothing,
  dimValue: nothing,
  ...Object.fromEntries(keeping.map((name) => [name, same])),
  ...Object.fromEntries(pairs.map((name) => [name, binary])),
};
