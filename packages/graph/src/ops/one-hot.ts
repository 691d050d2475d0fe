import { applySingle, expectType } from '../ir/apply-op.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Indices as rows with a single 1; an index outside the depth gives a row of zeros. */
export const oneHotOp: OpDefinition = {
  name: 'oneHot',
  stopsGradient: true,
  infer: ([indices], attributes) => {
    expectType('oneHot: indices', indices!, 'int32');
    return [{ shape: [...indices!.shape, attributes.depth as number], dtype: 'float32' }];
  },
};

/** float32 [..., depth] with 1 at each index. */
export function oneHot(indices: Value, depth: number): Value {
  return applySingle(oneHotOp, [indices], { depth });
}
