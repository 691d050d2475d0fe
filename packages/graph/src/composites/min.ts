import { max } from '../ops/max.ts';
import { neg } from '../ops/neg.ts';
import type { Value } from '../ir/value.ts';
import type { ReduceOptions } from '../ops/reduction.ts';

/** Smallest element over the axes (default all); ties share the gradient evenly. */
export function min(
  x: Value,
  axes?: number | readonly number[],
  options: ReduceOptions = {},
): Value {
  return neg(max(neg(x), axes, options));
}
