import { fromTorchLayout, toTorchLayout } from '@pare/core';
import { gradients, program, variable, zeros } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import type { HostTensor } from '@pare/core';
import type { Parameter, Value } from '@pare/graph';

/** A parameter on its own, with values given in PyTorch's layout. */
export interface ValuedParameter extends Parameter {
  readonly value: HostTensor;
}

const layouts = { dense: 'io', conv: 'hwio', bias: 'vector' } as const;

/** A parameter of a layer kind; the shape is PyTorch's. */
export function valued(
  name: string,
  kind: keyof typeof layouts,
  torchShape: readonly number[],
  values: ArrayLike<number>,
): ValuedParameter {
  const [out = 1, channels = 1, height = 1, width = 1] = torchShape;
  const shape = { dense: [channels, out], conv: [height, width, channels, out], bias: [out] }[kind];
  const base = { name, shape, layout: layouts[kind], flattened: undefined };
  const value: HostTensor = { dtype: 'float32', shape, data: fromTorchLayout(base, values) };
  return {
    ...base,
    layer: name.split('.')[0]!,
    role: kind === 'bias' ? 'bias' : 'weight',
    trainable: true,
    initializer: zeros,
    groups: 1,
    variable: variable(name, shape),
    value,
  };
}

/** Value of a term and its gradients in PyTorch's layout. */
export function valueAndGradients(
  term: (parameters: readonly Parameter[]) => Value,
  parameters: readonly ValuedParameter[],
): { value: number; gradients: number[][] } {
  const total = term(parameters);
  const slopes = gradients(
    total,
    parameters.map((parameter) => parameter.variable),
  );
  const outputs = Object.fromEntries(slopes.map((slope, i) => [`g${i}`, slope]));
  const variables = new Map(parameters.map(({ name, value }) => [name, value]));
  const result = evaluate(program({ outputs: { total, ...outputs } }), {}, variables).outputs;
  return {
    value: result.total!.data[0]!,
    // Adding 0 makes -0 plain 0.
    gradients: parameters.map((parameter, i) =>
      Array.from(toTorchLayout(parameter, result[`g${i}`]!.data), (slope) => slope + 0),
    ),
  };
}

/** Largest difference of two lists, relative to the largest expected magnitude (at least 1e-12). */
export function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(1e-12, ...expected.map(Math.abs));
  const errors = expected.map((value, i) => Math.abs(value - actual[i]!) / scale);
  return actual.length >= expected.length ? Math.max(...errors) : Infinity;
}
