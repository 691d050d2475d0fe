import { applySingle, expectType } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { normalizeAxes } from '../ir/shape.ts';
import { cast } from './cast.ts';
import { div } from './div.ts';
import { equal } from './equal.ts';
import { mul } from './mul.ts';
import { reduceShape, keptShape } from './reduction.ts';
import { reshape } from './reshape.ts';
import { sum } from './sum.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';
import type { ReduceOptions } from './reduction.ts';

/** Largest element over axes; ties share the gradient evenly. */
export const maxOp: OpDefinition = {
  name: 'max',
  infer: ([x], attributes) => {
    expectType('max: x', x!, 'float32', 'int32');
    return [{ shape: reduceShape(x!.shape, attributes), dtype: x!.dtype }];
  },
  gradient: ({ node, inputs: [x], outputs: [y], gradients: [g] }) => {
    const kept = keptShape(x!.shape, node.attributes);
    const winners = cast(equal(x!, reshape(y!, kept)), 'float32');
    const count = sum(winners, node.attributes.axes as readonly number[], { keepDims: true });
    return [mul(winners, div(reshape(g!, kept), count))];
  },
  cost: (node) => ({ macs: 0, flops: sizeOf(node.inputs[0]!.shape) }),
};

/** Largest element over the axes (default all). */
export function max(
  x: Value,
  axes?: number | readonly number[],
  options: ReduceOptions = {},
): Value {
  const list = normalizeAxes('max', x.shape.length, axes);
  return list.length === 0
    ? x
    : applySingle(maxOp, [x], { axes: list, keepDims: options.keepDims ?? false });
}
