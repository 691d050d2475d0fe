import { expectType } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { normalizeAxes } from '../ir/shape.ts';
import { dimValue } from '../ops/dim-value.ts';
import { div } from '../ops/div.ts';
import { mul } from '../ops/mul.ts';
import { sum } from '../ops/sum.ts';
import type { Value } from '../ir/value.ts';
import type { ReduceOptions } from '../ops/reduction.ts';

/** Mean of float32 numbers over the axes (default all). */
export function mean(
  x: Value,
  axes?: number | readonly number[],
  options: ReduceOptions = {},
): Value {
  expectType('mean: x', x, 'float32');
  const list = normalizeAxes('mean', x.shape.length, axes);
  const count = sizeOf(list.map((axis) => x.shape[axis]!));
  const total = sum(x, list, options);
  return typeof count === 'number' ? mul(total, 1 / count) : div(total, dimValue(count));
}
