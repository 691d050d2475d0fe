import { GraphError } from '../errors/graph-error.ts';
import { applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { formatShape } from '../ir/shape.ts';
import { gather } from './gather.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Adds up the rows that share an index. */
export const segmentSumOp: OpDefinition = {
  name: 'segmentSum',
  infer: ([x, indices], attributes) => {
    expectType('segmentSum: indices', indices!, 'int32');
    expectRank('segmentSum: indices', indices!, 1);
    if (x!.shape[0] !== indices!.shape[0]) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `segmentSum: x ${formatShape(x!.shape)} needs one index for each row; received indices ${formatShape(indices!.shape)}.`,
      );
    }
    return [{ shape: [attributes.segments as Dim, ...x!.shape.slice(1)], dtype: x!.dtype }];
  },
  gradient: ({ inputs: [, indices], gradients: [g] }) => [gather(g!, indices!), undefined],
  cost: (node) => ({ macs: 0, flops: sizeOf(node.inputs[0]!.shape) }),
};

/** Row i of the result is the sum of the rows of x [n, ...] whose index is i; `segments` rows in all. */
export function segmentSum(x: Value, indices: Value, segments: Dim): Value {
  return applySingle(segmentSumOp, [x, indices], { segments });
}
