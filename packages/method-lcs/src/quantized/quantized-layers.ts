import { PareError } from '@pare/core';
import { topologicalOrder } from '@pare/graph';
import { layerParameters } from '../line/layers.ts';
import { LayerReaders } from './layer-readers.ts';
import type { Network, Node, Parameter } from '@pare/graph';

/** A convolution or dense layer whose weight and input are quantized. */
export interface QuantizedLayer {
  readonly weight: Parameter;
  /** The convolution or matrix product. */
  readonly product: Node;
  /** Layer of the norm behind it that no other layer shares; undefined where something else follows. */
  readonly norm: string | undefined;
  /** Where that is batch norm: its parameters, which take part in the quantization. */
  readonly batchNorm: BatchNormParameters | undefined;
}

/** Parameters of a batch norm behind a layer. */
export interface BatchNormParameters {
  /** Added before the norm. */
  readonly bias: Parameter | undefined;
  readonly scale: Parameter;
  readonly mean: Parameter;
  readonly variance: Parameter;
  readonly epsilon: number;
}

const known = new WeakMap<Network['output'], readonly QuantizedLayer[]>();

/**
 * The layers that are quantized: all convolutions and dense layers but the first and the last. Throws LCS_NO_BLOCKS where there
 * are none and LCS_LAYER where a weight is used in another way than by one such layer.
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
  const readers = new LayerReaders(network, topologicalOrder([network.output]));
  const layers = blocks.map((weight) => quantizedLayer(network, weight, readers));
  known.set(network.output, layers);
  return layers;
}

const products = new Set(['conv2d', 'depthwiseConv2d', 'matMul']);
const norms = new Set(['batchNorm', 'groupNorm', 'instanceNorm']);

function quantizedLayer(
  network: Network,
  weight: Parameter,
  readers: LayerReaders,
): QuantizedLayer {
  const product = readers.only(weight.variable.node);
  if (
    !product ||
    !products.has(product.op.name) ||
    product.inputs[1]!.node !== weight.variable.node
  ) {
    const uses = readers.of(weight.variable.node).map(({ op }) => `"${op.name}"`);
    throw new PareError(
      'LCS_LAYER',
      `method "lcs": the setting "quantized" needs weights that one convolution or dense layer reads; in "${network.name}", "${weight.name}" is read by ${uses.join(' and ')}.`,
    );
  }
  const { norm, bias } = readers.normBehind(product, norms);
  const [scale, , mean, variance] = norm ? readers.ownParameters(norm.inputs.slice(1)) : [];
  if (!norm || !scale) return { weight, product, norm: undefined, batchNorm: undefined };
  const epsilon = norm.attributes.epsilon as number;
  const batchNorm = mean && variance && { bias, scale, mean, variance, epsilon };
  return { weight, product, norm: scale.layer, batchNorm };
}
