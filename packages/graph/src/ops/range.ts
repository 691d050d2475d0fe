import { applySingle } from '../ir/apply-op.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** 0, 1, ..., size - 1. */
export const rangeOp: OpDefinition = {
  name: 'range',
  stopsGradient: true,
  infer: (_inputs, attributes) => [{ shape: [attributes.size as Dim], dtype: 'int32' }],
};

/** int32 [size]: 0, 1, ..., size - 1. */
export function range(size: Dim): Value {
  return applySingle(rangeOp, [], { size });
}
