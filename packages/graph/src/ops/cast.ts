import { applySingle } from '../ir/apply-op.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { DType, Value } from '../ir/value.ts';

/** Changes the element type; float to integer drops the fraction, anything to bool asks whether it is not 0. */
export const castOp: OpDefinition = {
  name: 'cast',
  elementwise: true,
  stopsGradient: true,
  infer: ([x], attributes) => [{ shape: x!.shape, dtype: attributes.dtype as DType }],
};

/** x with another element type; x itself where it has that type. */
export function cast(x: Value, dtype: DType): Value {
  return x.dtype === dtype ? x : applySingle(castOp, [x], { dtype });
}
