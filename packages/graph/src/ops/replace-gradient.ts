import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Forward the first input, backward as if it had been the second. */
export const replaceGradientOp: OpDefinition = {
  name: 'replaceGradient',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([value, surrogate]) => {
    if (!sameShape(value!.shape, surrogate!.shape)) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `replaceGradient: value ${formatShape(value!.shape)} and surrogate ${formatShape(surrogate!.shape)} must have one shape.`,
      );
    }
    return [{ shape: value!.shape, dtype: value!.dtype }];
  },
  gradient: ({ gradients: [g] }) => [undefined, g],
  lower: ({ inputs: [value] }) => [value!],
};

/**
 * A custom gradient: the result is `value`, its gradient flows into `surrogate` only. A straight-through
 * round is `replaceGradient(round(x), x)`; any gradient that is linear in the incoming one can be
 * written as a surrogate of stopped factors, `mul(stopGradient(factor), x)`. The surrogate is never computed
 * unless something else needs it.
 */
export function replaceGradient(value: Value, surrogate: Value): Value {
  return applySingle(replaceGradientOp, [value, surrogate]);
}
