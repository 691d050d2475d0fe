import { add, constant, input, mul } from '@pare/graph';
import { cosinePenalty, endPointPairs } from '../line/cosine-penalty.ts';
import { layerParameters } from '../line/layers.ts';
import { pointOnLine } from '../line/point-on-line.ts';
import { quantizeInput, rangeVariables } from './activation-range.ts';
import { topLevel } from './quantize.ts';
import { quantizedLayers } from './quantized-layers.ts';
import { quantizingRule } from './quantizing-rule.ts';
import type { Objective, ObjectiveContext } from '@pare/core';
import type { Network, Update, Value } from '@pare/graph';
import type { LcsSettings } from '../settings.ts';
import type { QuantizedLayer } from './quantized-layers.ts';

/** Input for the point of the line: float32 scalar from 0 to 1. */
export const alphaInput = 'lcs.alpha';

/** Input for the highest level, counted from 0; lcs-p has one for each layer. */
export const topInput = (layer?: string): string => (layer ? `lcs.top.${layer}` : 'lcs.top');

/**
 * Loss of the network with quantized weights and inputs, for a line at one of its points and with the squared cosine of its ends. The
 * ranges of the inputs move with every step.
 */
export function quantizedObjective(
  { network, forward, taskLoss }: ObjectiveContext,
  settings: LcsSettings,
  delay: number,
): Objective {
  const isLine = settings.variant === 'lcs-l';
  const point = isLine ? pointOnLine(network, input(alphaInput, [])) : new Map<string, Value>();
  const top = topOf(settings);
  const ranges: Update[] = [];
  const rule = quantizingRule(quantizedLayers(network), {
    top,
    input: (x, layer) => {
      const state = rangeVariables(network, layer.weight.layer);
      const { value, updates } = quantizeInput(x, state, { top: top(layer), delay });
      ranges.push(...updates);
      return value;
    },
  });
  const { output, updates } = forward(point, rule);
  const loss = taskLoss(output);
  const shared = { logits: output, updates: [...updates, ...ranges] };
  if (!isLine) return { ...shared, total: loss, metrics: { loss } };
  const cosine = cosinePenalty(weightPairs(network));
  return { ...shared, total: add(loss, mul(settings.beta, cosine)), metrics: { loss, cosine } };
}

function topOf({ variant, bits }: LcsSettings): (layer: QuantizedLayer) => Value {
  if (variant === 'target-bit-width') return () => constant([topLevel(bits[0])], []);
  return ({ weight }) => input(topInput(variant === 'lcs-p' ? weight.layer : undefined), []);
}

function weightPairs(network: Network): (readonly [Value, Value])[] {
  const { stem, blocks, classifier } = layerParameters(network);
  return endPointPairs(network, [...stem, ...blocks, ...classifier]);
}
