import { mul, variable } from '@pare/graph';
import type { Parameter, Value } from '@pare/graph';
import type { HostTensor, Tensors } from '@pare/core';

/** Name of the variable that holds a parameter's mask. */
export function maskName(parameter: string): string {
  return `hoyer/mask/${parameter}`;
}

/** The gradient times the parameter's stored mask: the authors' CIFAR rule. */
export function maskGradient(parameter: Pick<Parameter, 'name' | 'shape'>, gradient: Value): Value {
  return mul(gradient, variable(maskName(parameter.name), parameter.shape));
}

/**
 * Masks with 1 where a weight is at least the threshold (default 0: any) and not 0. The authors' code lacks the second
 * part, so pruning a pruned network at 0 would set its zeros free.
 */
export function masksOf(weights: Tensors, threshold = 0): Tensors {
  const limit = Math.fround(threshold);
  return new Map(
    [...weights].map(([name, { shape, data }]): [string, HostTensor] => {
      const mask = Float32Array.from(data, (value) =>
        value !== 0 && Math.abs(value) >= limit ? 1 : 0,
      );
      return [maskName(name), { dtype: 'float32', shape, data: mask }];
    }),
  );
}
