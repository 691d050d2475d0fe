import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { broadcastShapes, formatShape, sameShape } from '../ir/shape.ts';
import { sumToShape } from '../composites/sum-to-shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** Repeats along axes of size 1 and new leading axes. */
export const broadcastToOp: OpDefinition = {
  name: 'broadcastTo',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([x], attributes) => {
    const shape = attributes.shape as Shape;
    if (!sameShape(broadcastShapes('broadcastTo', x!.shape, shape), shape)) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `broadcastTo: ${formatShape(x!.shape)} does not fit ${formatShape(shape)}.`,
      );
    }
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ inputs: [x], gradients: [g] }) => [sumToShape(g!, x!.shape)],
};

/** x repeated to a shape; x itself where it has that shape. */
export function broadcastTo(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : applySingle(broadcastToOp, [x], { shape });
}
