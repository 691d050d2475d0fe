import { applySingle, expectType } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { broadcastTo } from './broadcast-to.ts';
import { reduceShape, keptShape } from './reduction.ts';
import { reshape } from './reshape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';
import type { ReduceOptions } from './reduction.ts';
import { normalizeAxes } from '../ir/shape.ts';

/** Sum over axes. */
export const sumOp: OpDefinition = {
  name: 'sum',
  infer: ([x], attributes) => {
    expectType('sum: x', x!, 'float32', 'int32');
    return [{ shape: reduceShape(x!.shape, attributes), dtype: x!.dtype }];
  },
  gradient: ({ node, inputs: [x], gradients: [g] }) => [
    broadcastTo(reshape(g!, keptShape(x!.shape, node.attributes)), x!.shape),
  ],
  cost: (node) => ({ macs: 0, flops: sizeOf(node.inputs[0]!.shape) }),
};

/** Sum over the axes (default all). */
export function sum(
  x: Value,
  axes?: number | readonly number[],
  options: ReduceOptions = {},
): Value {
  const list = normalizeAxes('sum', x.shape.length, axes);
  if (list.length === 0) return x;
  return applySingle(sumOp, [x], { axes: list, keepDims: options.keepDims ?? false });
}
