import { mul, variable } from '@pare/graph';
import type { HostTensor, Tensors } from '@pare/core';
import type { Parameter, Value } from '@pare/graph';
import type { Freedom } from './freedom.ts';

/** How a parameter is held to what may change: `mask` alone, or groups of weights that share one number. */
export const constraintNames = (parameter: string) => ({
  /** float32 in the parameter's shape: w = mask · c, c the number of the group. */
  mask: `lc:mask:${parameter}`,
  /** int32 [n]: the group of each weight. */
  groups: `lc:groups:${parameter}`,
  /** Present where nothing may change. */
  fixed: `lc:fixed:${parameter}`,
});

/** Whether weights of this freedom share numbers. */
export const sharesNumbers = (freedom: Freedom): boolean =>
  freedom === 'values' || freedom === 'kept-values' || freedom === 'scale';

/**
 * Tensors that keep a parameter to its freedom, for beside the weights; none where it is free. `numbering` has the number of
 * each value so far: parameters that share their numbers are given the same one, and those that are new are added.
 */
export function constraintTensors(
  name: string,
  { shape, data }: HostTensor,
  freedom: Freedom,
  numbering: Map<number, number> = new Map(),
): [string, HostTensor][] {
  const key = constraintNames(name);
  if (freedom === 'free') return [];
  if (freedom === 'fixed') return [[key.fixed, int32([1], Int32Array.of(1))]];
  const mask = Float32Array.from(data, maskOf[freedom]);
  const masks: [string, HostTensor] = [key.mask, { dtype: 'float32', shape, data: mask }];
  if (!sharesNumbers(freedom)) return [masks];
  const groups = freedom === 'scale' ? new Int32Array(data.length) : numbersOf(data, numbering);
  return [masks, [key.groups, int32([data.length], groups)]];
}

const isNonzero = (w: number) => (w === 0 ? 0 : 1);

const maskOf: Readonly<Record<Exclude<Freedom, 'free' | 'fixed'>, (w: number) => number>> = {
  scale: Math.sign,
  kept: isNonzero,
  'kept-values': isNonzero,
  values: () => 1,
};

const int32 = (shape: readonly number[], data: Int32Array): HostTensor => ({
  dtype: 'int32',
  shape,
  data,
});

function numbersOf(data: HostTensor['data'], numbering: Map<number, number>): Int32Array {
  return Int32Array.from(data, (value) => {
    const known = numbering.get(value);
    if (known !== undefined) return known;
    numbering.set(value, numbering.size);
    return numbering.size - 1;
  });
}

/** Whether nothing of a parameter may change. */
export const isFixed = (name: string, tensors: Tensors): boolean =>
  tensors.has(constraintNames(name).fixed);

/** The gradient, 0 for pruned weights. Where weights share numbers it is so already, see `sharedWeights`. */
export function masked(
  { name, shape }: Pick<Parameter, 'name' | 'shape'>,
  gradient: Value,
  tensors: Tensors,
): Value {
  const { mask, groups } = constraintNames(name);
  const isMasked = tensors.has(mask) && !tensors.has(groups);
  return isMasked ? mul(gradient, variable(mask, shape)) : gradient;
}
