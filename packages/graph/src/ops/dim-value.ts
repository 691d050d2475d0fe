import { applySingle } from '../ir/apply-op.ts';
import { scalar } from './constant.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { DType, Value } from '../ir/value.ts';

/** The run-time value of a dimension as a scalar. */
export const dimValueOp: OpDefinition = {
  name: 'dimValue',
  stopsGradient: true,
  cost: () => ({ macs: 0, flops: 0 }),
  infer: (_inputs, attributes) => [{ shape: [], dtype: attributes.dtype as DType }],
};

/** A dimension as a scalar value: a constant for a number, read at run time for symbols. */
export function dimValue(dim: Dim, dtype: 'float32' | 'int32' = 'float32'): Value {
  return typeof dim === 'number' ? scalar(dim, dtype) : applySingle(dimValueOp, [], { dim, dtype });
}
