import {
  add,
  conv2d,
  depthwiseConv2d,
  div,
  geometryOf,
  matMul,
  mul,
  replaceGradient,
  reshape,
  sqrt,
} from '@pare/graph';
import { ownRange, quantize, scaleOf } from './quantize.ts';
import type { InstantiateRule, Node, Value } from '@pare/graph';
import type { BatchNormParameters, QuantizedLayer } from './quantized-layers.ts';

/** How layers are quantized in a pass. */
export interface Quantizers {
  /** A layer's input at its levels. */
  readonly input: (x: Value, layer: QuantizedLayer) => Value;
  /** Highest level of a layer's weight, counted from 0: float32 scalar. */
  readonly top: (layer: QuantizedLayer) => Value;
}

/**
 * Quantizes weight and input of the layers. With batch norm the weight is quantized as it is when the norm is folded into it:
 * Q(w·r)/r with r = gamma/sqrt(running variance + eps), of the statistics before the step (Jacob et al. 2018, section 3.2). The
 * gradient flows through r to gamma.
 */
export function quantizingRule(
  layers: readonly QuantizedLayer[],
  { input, top }: Quantizers,
): InstantiateRule {
  const byNode = new Map(layers.map((layer) => [layer.product, layer]));
  return ({ node, inputs: [x, weight] }) => {
    const layer = byNode.get(node);
    if (!layer) return undefined;
    const { batchNorm } = layer;
    const fold = batchNorm && foldedScale(batchNorm);
    const whole = fold ? timesChannels(weight!, fold) : weight!;
    const result = productOf(node, input(x!, layer), quantizeWeight(whole, top(layer)));
    return [fold ? div(result, fold) : result];
  };
}

/** The weight at the levels of its own range; the gradient passes unchanged. */
export const quantizeWeight = (weight: Value, top: Value): Value =>
  replaceGradient(quantize(weight, scaleOf(ownRange(weight), top)), weight);

/** The convolution or matrix product of a node with another image and weight. */
export const productOf = ({ op, attributes }: Node, x: Value, weight: Value): Value => {
  if (op.name === 'matMul') return matMul(x, weight, attributes);
  const { strides, dilations, pads } = geometryOf(attributes);
  if (op.name === 'depthwiseConv2d')
    return depthwiseConv2d(x, weight, { strides, dilations, padding: pads });
  const groups = attributes.groups as number;
  return conv2d(x, weight, { strides, dilations, padding: pads, groups });
};

/** The weight times a factor for each channel that it makes; depthwise filters make a grid of them. */
function timesChannels(weight: Value, factor: Value): Value {
  const last = weight.shape.at(-1);
  return mul(weight, last === factor.shape[0] ? factor : reshape(factor, weight.shape.slice(-2)));
}

const foldedScale = ({ scale, variance, epsilon }: BatchNormParameters): Value =>
  div(scale.variable, sqrt(add(variance.variable, epsilon)));
