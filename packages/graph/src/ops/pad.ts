import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { addDims } from '../ir/dim.ts';
import { slice } from './slice.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

type Paddings = readonly (readonly [Dim, Dim])[];

/** Adds elements of one value before and after each axis. */
export const padOp: OpDefinition = {
  name: 'pad',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([x], attributes) => {
    const paddings = attributes.paddings as Paddings;
    if (
      paddings.length !== x!.shape.length ||
      paddings.flat().some((p) => typeof p === 'number' && p < 0)
    ) {
      throw new GraphError(
        'BAD_PADDING',
        `pad: needs ${x!.shape.length} pairs of non-negative sizes; received [${paddings.join('; ')}].`,
      );
    }
    const shape = x!.shape.map((dim, axis) =>
      addDims(dim, addDims(paddings[axis]![0], paddings[axis]![1])),
    );
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ node, inputs: [x], gradients: [g] }) => [
    slice(
      g!,
      (node.attributes.paddings as Paddings).map(([before]) => before),
      x!.shape,
    ),
  ],
};

/** x with `paddings[axis] = [before, after]` elements of `value` (default 0) around it; sizes may be symbolic. */
export function pad(x: Value, paddings: Paddings, value = 0): Value {
  const nothing = paddings.every(([before, after]) => before === 0 && after === 0);
  return nothing && paddings.length === x.shape.length
    ? x
    : applySingle(padOp, [x], { paddings, value });
}
