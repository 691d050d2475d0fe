import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** The same elements in another shape. */
export const reshapeOp: OpDefinition = {
  name: 'reshape',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([x], attributes) => {
    const shape = attributes.shape as Shape;
    if (sizeOf(shape) !== sizeOf(x!.shape)) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `reshape: ${formatShape(x!.shape)} has ${sizeOf(x!.shape)} elements, ${formatShape(shape)} has ${sizeOf(shape)}.`,
      );
    }
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ inputs: [x], gradients: [g] }) => [reshape(g!, x!.shape)],
};

/** x in another shape; x itself where it has that shape. */
export function reshape(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : applySingle(reshapeOp, [x], { shape });
}
