import { hostWeightsAt } from '../line/point-on-line.ts';
import { floatScalar } from '../scalars.ts';
import { rangeNames } from './activation-range.ts';
import { foldNorm } from './fold-norm.ts';
import { hostQuantizeWeight, hostScaleOf } from './host-quantize.ts';
import { scaleNames, withInputQuantizers } from './input-quantizers.ts';
import { quantizedLayers } from './quantized-layers.ts';
import type { CompressedState, Tensors } from '@pare/core';
import type { HostRange } from './host-quantize.ts';
import type { QuantizedLayer } from './quantized-layers.ts';
import type { Scale } from './quantize.ts';

/** Where a network is made plain. */
export interface QuantizedPoint {
  readonly bits: number;
  /** Point of the line, where there is one. */
  readonly alpha: number | undefined;
  /** Whether inputs whose range is not known yet become 0, as in the authors' code; otherwise they are not quantized. */
  readonly emptyRanges: boolean;
}

/**
 * Network and weights at a number of bits: weights at their levels, batch norms adapted to the scale that is folded into the weights,
 * and in front of each layer a quantizer of its input, whose numbers are parameters.
 */
export function quantizedState(
  { network, weights }: CompressedState,
  { bits, alpha, emptyRanges }: QuantizedPoint,
): CompressedState {
  const layers = quantizedLayers(network);
  const isQuantized = (layer: QuantizedLayer) => {
    const { least, greatest } = rangeOf(layer, weights);
    return emptyRanges || greatest > least;
  };
  const active = layers.filter(isQuantized);
  const plain = withInputQuantizers(network, active);
  const point = new Map(
    alpha === undefined ? weights : hostWeightsAt(network.parameters, weights, alpha),
  );
  for (const { weight, batchNorm } of layers) {
    const whole = point.get(weight.name)!;
    const folded = batchNorm ? foldNorm(whole, batchNorm, point) : whole;
    point.set(weight.name, hostQuantizeWeight(folded, bits, weight.name));
  }
  for (const layer of active) {
    const scale = hostScaleOf(rangeOf(layer, weights), bits);
    for (const [key, name] of Object.entries(scaleNames(layer.weight.layer)))
      point.set(name, floatScalar(scale[key as keyof Scale]));
  }
  return {
    network: plain,
    weights: new Map(plain.parameters.map(({ name }) => [name, point.get(name)!])),
  };
}

/** The range of a layer's input that training has found; empty where there is none yet. */
function rangeOf({ weight }: QuantizedLayer, weights: Tensors): HostRange {
  const { least, greatest } = rangeNames(weight.layer);
  const value = (name: string) => weights.get(name)?.data[0] ?? 0;
  return { least: value(least), greatest: value(greatest) };
}
