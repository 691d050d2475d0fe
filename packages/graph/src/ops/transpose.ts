import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Reorders axes: axis i of the result is axis `permutation[i]` of x. */
export const transposeOp: OpDefinition = {
  name: 'transpose',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([x], attributes) => {
    const permutation = attributes.permutation as readonly number[];
    const rank = x!.shape.length;
    const sorted = [...permutation].sort((a, b) => a - b);
    if (sorted.length !== rank || sorted.some((axis, i) => axis !== i)) {
      throw new GraphError(
        'BAD_AXIS',
        `transpose: [${permutation.join(', ')}] is not an order of ${rank} axes.`,
      );
    }
    return [{ shape: permutation.map((axis) => x!.shape[axis]!), dtype: x!.dtype }];
  },
  gradient: ({ node, gradients: [g] }) => {
    const permutation = node.attributes.permutation as readonly number[];
    return [
      transpose(
        g!,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
    ];
  },
};

/** x with its axes in another order; default reversed. */
export function transpose(x: Value, permutation?: readonly number[]): Value {
  const order = permutation ?? x.shape.map((_, i) => x.shape.length - 1 - i);
  return order.length === x.shape.length && order.every((axis, i) => axis === i)
    ? x
    : applySingle(transposeOp, [x], { permutation: order });
}
