import { PareError } from '@pare/core';
import { layerParameters } from '../line/layers.ts';
import { NetworkUses, normBehind } from '@pare/graph';
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
  const uses = new NetworkUses(network);
  const layers = blocks.map((weight) => quantizedLayer(network, weight, uses));
  known.set(network.output, layers);
  return layers;
}

const products = new Set(['conv2d', 'depthwiseConv2d', 'matMul']);

function quantizedLayer(network: Network, weight: Parameter, uses: NetworkUses): QuantizedLayer {
  const product = readingProduct(network, weight, uses);
  const { norm, bias } = normBehind(product, uses);
  const vectors = norm?.inputs.slice(1).map((value) => uses.ownParameter(value)) ?? [];
  const [scale, , mean, variance] = vectors;
  if (!norm || !scale || vectors.includes(undefined))
    return { weight, product, norm: undefined, batchNorm: undefined };
  const epsilon = norm.attributes.epsilon as number;
  const batchNorm = mean && variance && { bias, scale, mean, variance, epsilon };
  return { weight, product, norm: scale.layer, batchNorm };
}

/** The convolution or matrix product that alone reads a weight. */
function readingProduct(network: Network, { name, variable }: Parameter, uses: NetworkUses): Node {
  const product = uses.onlyReader(variable.node);
  if (product && products.has(product.op.name) && product.inputs[1]!.node === variable.node)
    return product;
  const readers = uses.of(variable.node).map(({ node }) => `"${node.op.name}"`);
  throw new PareError(
    'LCS_LAYER',
    `method "lcs": the setting "quantized" needs weights that one convolution or dense layer reads; in "${network.name}", "${name}" is read by ${readers.join(' and ')}.`,
  );
}
