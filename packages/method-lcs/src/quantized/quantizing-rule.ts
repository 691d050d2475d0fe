import { add, conv2d, div, geometryOf, mul, replaceGradient, sqrt } from '@pare/graph';
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
  const byNode = new Map(layers.map((layer) => [layer.convolution, layer]));
  return ({ node, inputs: [x, weight] }) => {
    const layer = byNode.get(node);
    if (!layer) return undefined;
    const { batchNorm } = layer;
    const fold = batchNorm && foldedScale(batchNorm);
    const whole = fold ? mul(weight!, fold) : weight!;
    const result = convolve(node, input(x!, layer), quantizeWeight(whole, top(layer)));
    return [fold ? div(result, fold) : result];
  };
}

/** The weight at the levels of its own range; the gradient passes unchanged. */
export const quantizeWeight = (weight: Value, top: Value): Value =>
  replaceGradient(quantize(weight, scaleOf(ownRange(weight), top)), weight);

/** The convolution of a node with another image and weight. */
export const convolve = ({ attributes }: Node, x: Value, weight: Value): Value => {
  const { strides, dilations, pads } = geometryOf(attributes);
  const groups = attributes.groups as number;
  return conv2d(x, weight, { strides, dilations, padding: pads, groups });
};

const foldedScale = ({ scale, variance, epsilon }: BatchNormParameters): Value =>
  div(scale.variable, sqrt(add(variance.variable, epsilon)));
