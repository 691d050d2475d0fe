import { applySingle, expectType } from '../ir/apply-op.ts';
import { normalizeAxes } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Index of the largest element along an axis; the first one on ties. */
export const argMaxOp: OpDefinition = {
  name: 'argMax',
  stopsGradient: true,
  infer: ([x], attributes) => {
    expectType('argMax: x', x!, 'float32', 'int32');
    return [{ shape: x!.shape.filter((_, axis) => axis !== attributes.axis), dtype: 'int32' }];
  },
};

/** Index (int32) of the largest element along an axis, default the last. */
export function argMax(x: Value, axis = -1): Value {
  return applySingle(argMaxOp, [x], { axis: normalizeAxes('argMax', x.shape.length, axis)[0] });
}
