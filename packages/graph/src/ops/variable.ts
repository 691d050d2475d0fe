import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { formatShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { DType, Value } from '../ir/value.ts';

/** A named tensor that an engine keeps between runs: weights, running statistics, optimizer state, masks. */
export const variableOp: OpDefinition = {
  name: 'variable',
  cost: () => ({ macs: 0, flops: 0 }),
  gradient: () => [],
  infer: (_inputs, attributes) => {
    const shape = attributes.shape as readonly number[];
    if (shape.some((dim) => !Number.isInteger(dim) || dim < 0)) {
      throw new GraphError(
        'BAD_VARIABLE',
        `variable "${attributes.name as string}": the shape must be numeric; received ${formatShape(shape)}.`,
      );
    }
    return [{ shape, dtype: attributes.dtype as DType }];
  },
};

/** A variable. The value read in a program is the one before the program's updates. */
export function variable(name: string, shape: readonly number[], dtype: DType = 'float32'): Value {
  return applySingle(variableOp, [], { name, shape, dtype });
}

/** Name of an input or variable value. */
export function nameOf(value: Value): string {
  return value.node.attributes.name as string;
}
