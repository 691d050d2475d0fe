import { GraphError } from '../errors/graph-error.ts';
import { applySingle, expectType } from '../ir/apply-op.ts';
import { addDims } from '../ir/dim.ts';
import { formatShape, normalizeAxes } from '../ir/shape.ts';
import { slice } from './slice.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Joins tensors along an axis. */
export const concatOp: OpDefinition = {
  name: 'concat',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: (inputs, attributes) => {
    const axis = attributes.axis as number;
    const first = inputs[0]!;
    for (const value of inputs) {
      expectType('concat: every input', value, first.dtype);
      const fits =
        value.shape.length === first.shape.length &&
        value.shape.every((dim, i) => i === axis || dim === first.shape[i]);
      if (!fits) {
        throw new GraphError(
          'SHAPE_MISMATCH',
          `concat along axis ${axis}: ${formatShape(value.shape)} does not fit ${formatShape(first.shape)}.`,
        );
      }
    }
    const total = inputs.map((value) => value.shape[axis]!).reduce(addDims);
    return [{ shape: first.shape.map((dim, i) => (i === axis ? total : dim)), dtype: first.dtype }];
  },
  gradient: ({ node, inputs, gradients: [g] }) => {
    const axis = node.attributes.axis as number;
    let offset: Dim = 0;
    return inputs.map((value) => {
      const begin = value.shape.map((_, i): Dim => (i === axis ? offset : 0));
      offset = addDims(offset, value.shape[axis]!);
      return slice(g!, begin, value.shape);
    });
  },
};

/** The values joined along an axis, default the last. */
export function concat(values: readonly Value[], axis = -1): Value {
  if (values.length === 0)
    throw new GraphError('NO_INPUT', 'concat: needs at least one value; received none.');
  if (values.length === 1) return values[0]!;
  return applySingle(concatOp, values, {
    axis: normalizeAxes('concat', values[0]!.shape.length, axis)[0],
  });
}
