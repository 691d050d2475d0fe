import { applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** The k-th largest element with k known only at run time; exact. No gradient: thresholds are held fixed. */
export const kthLargestOp: OpDefinition = {
  name: 'kthLargest',
  stopsGradient: true,
  infer: ([x, k]) => {
    expectType('kthLargest: x', x!, 'float32');
    expectRank('kthLargest: x', x!, 1);
    expectType('kthLargest: k', k!, 'int32');
    expectRank('kthLargest: k', k!, 0);
    return [{ shape: [], dtype: 'float32' }];
  },
  cost: (node) => ({ macs: 0, flops: sizeOf(node.inputs[0]!.shape) }),
};

/** Scalar: the k-th largest element of x [n]; k is an int32 scalar from 1 to n (1 = the largest). */
export function kthLargest(x: Value, k: Value): Value {
  return applySingle(kthLargestOp, [x, k]);
}
