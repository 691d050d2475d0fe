import { PareError } from '@pare/core';
import { nameOf, topologicalOrder } from '@pare/graph';
import { layerParameters } from '../line/layers.ts';
import type { Network, Node, Parameter } from '@pare/graph';

/** A convolution that is quantized together with the norm behind it. */
export interface QuantizedLayer {
  readonly weight: Parameter;
  readonly convolution: Node;
  /** The norm's layer. */
  readonly norm: string;
  /** Where it is batch norm: its parameters, which take part in the quantization. */
  readonly batchNorm: BatchNormParameters | undefined;
}

/** Parameters of a batch norm. */
export interface BatchNormParameters {
  readonly scale: Parameter;
  readonly mean: Parameter;
  readonly variance: Parameter;
  readonly epsilon: number;
}

const known = new WeakMap<Network['output'], readonly QuantizedLayer[]>();

/**
 * The layers that are quantized: all convolutions but the first and the last. Throws LCS_NO_BLOCKS where there are none and
 * LCS_NORM_PLACE where one of them is not directly followed by its norm.
 */
export function quantizedLayers(network: Network): readonly QuantizedLayer[] {
  const found = known.get(network.output);
  if (found) return found;
  const { blocks } = layerParameters(network);
  if (blocks.length === 0) {
    throw new PareError(
      'LCS_NO_BLOCKS',
      `method "lcs": "${network.name}" has no layer between the first and the last one, which keep their precision; the setting "quantized" needs some.`,
    );
  }
  const layers = blocks.map((weight) => quantizedLayer(network, weight));
  known.set(network.output, layers);
  return layers;
}

const norms = new Set(['batchNorm', 'groupNorm', 'instanceNorm']);

/** One layer by its weight. Throws LCS_NORM_PLACE where it is no convolution with its norm directly behind it. */
function quantizedLayer(network: Network, weight: Parameter): QuantizedLayer {
  const nodes = topologicalOrder([network.output]);
  const readers = (of: Node) =>
    nodes.filter(({ inputs }) => inputs.some(({ node }) => node === of));
  const [convolution, ...others] = readers(weight.variable.node);
  if (convolution?.op.name !== 'conv2d' || others.length > 0) {
    const uses = [convolution, ...others].map((node) => `"${node?.op.name}"`).join(' and ');
    throw misplaced(network, weight, `its weight is used by ${uses}, not by one convolution`);
  }
  const [norm, ...further] = readers(convolution);
  if (further.length > 0)
    throw misplaced(network, weight, `its output is used in ${further.length + 1} places`);
  if (!norm || !norms.has(norm.op.name))
    throw misplaced(network, weight, `its output goes to ${norm ? nameNode(norm) : 'the logits'}`);
  const parameter = (i: number): Parameter =>
    network.parameters.find(({ variable }) => variable.node === norm.inputs[i]!.node)!;
  const scale = parameter(1);
  const batchNorm = norm.op.name === 'batchNorm' && {
    scale,
    mean: parameter(3),
    variance: parameter(4),
    epsilon: norm.attributes.epsilon as number,
  };
  return { weight, convolution, norm: scale.layer, batchNorm: batchNorm || undefined };
}

function nameNode(node: Node): string {
  const [, right] = node.inputs;
  if (node.op.name === 'add' && right?.node.op.name === 'variable') return `"${nameOf(right)}"`;
  return `"${node.op.name}"`;
}

const misplaced = (network: Network, { layer }: Parameter, what: string): PareError =>
  new PareError(
    'LCS_NORM_PLACE',
    `method "lcs": the setting "quantized" needs every convolution between the first and the last layer directly followed by its norm; in "${network.name}", layer "${layer}": ${what}. Use a network with a norm behind each convolution, without biases of their own; for "cpreresnet-20" set the model's option normPlacement to "after".`,
  );
