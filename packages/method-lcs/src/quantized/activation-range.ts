import { add, equal, greaterEqual, mul, replaceGradient, where } from '@pare/graph';
import { ownRange, quantize, scaleOf } from './quantize.ts';
import type { AddedParameter, Network, Update, Value } from '@pare/graph';
import type { Range } from './quantize.ts';

/** Share of a new batch in the range. */
const momentum = 0.1;

/** The variables that follow the range of a layer's input; float32 scalars. */
export interface RangeVariables extends Range {
  /** Steps done. */
  readonly count: Value;
}

/** Names of the parameters that keep the range of a layer's input. */
export const rangeNames = (layer: string) => ({
  least: `${layer}.running_min`,
  greatest: `${layer}.running_max`,
  count: `${layer}.iteration_count`,
});

/** The range of a layer's input as parameters of a network: empty at first, not trained. */
export function rangeParameters(layer: string): AddedParameter[] {
  const initializer = { kind: 'constant', value: 0 } as const;
  return Object.values(rangeNames(layer)).map((name) => ({
    name,
    layer,
    shape: [],
    role: 'state',
    trainable: false,
    initializer,
  }));
}

/** The variables of these parameters in a network that has them. */
export function rangeVariables(network: Network, layer: string): RangeVariables {
  const { least, greatest, count } = rangeNames(layer);
  const variable = (name: string) =>
    network.parameters.find((parameter) => parameter.name === name)!.variable;
  return { least: variable(least), greatest: variable(greatest), count: variable(count) };
}

/**
 * The input of a layer in a training step (ranges as in Jacob et al. 2018, section 3.1). In the first `delay` steps it passes; in the next one the range is that of the batch, from
 * then on a running mean, and the input is quantized to the `top + 1` levels of the range with this batch in it. The gradient passes
 * unchanged, for numbers outside the range too (straight-through estimator, Bengio et al. 2013).
 */
export function quantizeInput(
  x: Value,
  state: RangeVariables,
  { top, delay }: { readonly top: Value; readonly delay: number },
): { readonly value: Value; readonly updates: readonly Update[] } {
  const batch = ownRange(x);
  const isFirst = equal(state.count, delay);
  const isActive = greaterEqual(state.count, delay);
  const next = (old: Value, now: Value) => {
    const mean = add(mul(1 - momentum, old), mul(momentum, now));
    return where(isActive, where(isFirst, now, mean), old);
  };
  const least = next(state.least, batch.least);
  const greatest = next(state.greatest, batch.greatest);
  const quantized = quantize(x, scaleOf({ least, greatest }, top));
  return {
    value: replaceGradient(delay === 0 ? quantized : where(isActive, quantized, x), x),
    updates: [
      { variable: state.least, value: least },
      { variable: state.greatest, value: greatest },
      { variable: state.count, value: add(state.count, 1) },
    ],
  };
}
