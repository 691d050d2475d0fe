import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { formatShape } from '../ir/shape.ts';
import { reshape } from './reshape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** All axes but the first become one. Unlike `reshape` it follows its input when channel counts change. */
export const flattenOp: OpDefinition = {
  name: 'flatten',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([x]) => {
    if (x!.shape.length < 2)
      throw new GraphError(
        'RANK_MISMATCH',
        `flatten: needs rank 2 or more; received ${formatShape(x!.shape)}.`,
      );
    return [{ shape: [x!.shape[0]!, sizeOf(x!.shape.slice(1))], dtype: x!.dtype }];
  },
  gradient: ({ inputs: [x], gradients: [g] }) => [reshape(g!, x!.shape)],
  lower: ({ inputs: [x], outputs: [y] }) => [reshape(x!, y!.shape)],
};

/** x [n, ...] as [n, everything else]; images are flattened in the order height, width, channel. */
export function flatten(x: Value): Value {
  return x.shape.length === 2 ? x : applySingle(flattenOp, [x]);
}
