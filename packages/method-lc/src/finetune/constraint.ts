import { gather, mul, reshape, segmentSum, variable } from '@pare/graph';
import type { HostTensor, Tensors } from '@pare/core';
import type { Parameter, Value } from '@pare/graph';
import type { Freedom } from './freedom.ts';

/** How a parameter's gradient is held to what may change: `mask` alone, or groups that share one number. */
const names = (parameter: string) => ({
  /** float32 in the parameter's shape: w = mask · c, c the number of the group. */
  mask: `lc:mask:${parameter}`,
  /** int32 [n]: the group of each weight. */
  groups: `lc:groups:${parameter}`,
  /** Present where nothing may change. */
  fixed: `lc:fixed:${parameter}`,
});

/** Tensors that keep a parameter to its freedom, for beside the weights; none where it is free. */
export function constraintTensors(
  name: string,
  { shape, data }: HostTensor,
  freedom: Freedom,
): [string, HostTensor][] {
  const key = names(name);
  if (freedom === 'free') return [];
  if (freedom === 'fixed') return [[key.fixed, int32([1], Int32Array.of(1))]];
  if (freedom === 'scale') {
    const signs = Float32Array.from(data, Math.sign);
    return [
      [key.mask, { dtype: 'float32', shape, data: signs }],
      [key.groups, int32([data.length], new Int32Array(data.length))],
    ];
  }
  const mask = Float32Array.from(data, (w) => (w === 0 ? 0 : 1));
  const kept: [string, HostTensor] = [key.mask, { dtype: 'float32', shape, data: mask }];
  if (freedom === 'kept') return [kept];
  const groups: [string, HostTensor] = [key.groups, int32([data.length], groupsOf(data))];
  if (freedom === 'kept-values') return [kept, groups];
  const ones = mask.map(() => 1);
  return [[key.mask, { dtype: 'float32', shape, data: ones }], groups];
}

const int32 = (shape: readonly number[], data: Int32Array): HostTensor => ({
  dtype: 'int32',
  shape,
  data,
});

function groupsOf(data: HostTensor['data']): Int32Array {
  const groups = new Map<number, number>();
  return Int32Array.from(data, (value) => {
    const known = groups.get(value);
    if (known !== undefined) return known;
    groups.set(value, groups.size);
    return groups.size - 1;
  });
}

/** Whether nothing of a parameter may change. */
export const isFixed = (name: string, tensors: Tensors): boolean => tensors.has(names(name).fixed);

/** The gradient of what may change: 0 where a weight is fixed, the same for weights that share a number. */
export function constrained(
  { name, shape }: Pick<Parameter, 'name' | 'shape'>,
  gradient: Value,
  tensors: Tensors,
): Value {
  const key = names(name);
  if (!tensors.has(key.mask)) return gradient;
  const mask = variable(key.mask, shape);
  const masked = mul(gradient, mask);
  const groups = tensors.get(key.groups);
  if (!groups) return masked;
  const count = Math.max(...distinct(groups.data)) + 1;
  const index = variable(key.groups, groups.shape, 'int32');
  const sums = segmentSum(reshape(masked, groups.shape), index, count);
  return mul(mask, reshape(gather(sums, index), shape));
}

const distinct = (data: HostTensor['data']): Set<number> => new Set(data);
