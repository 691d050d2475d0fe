import { GraphError } from '../errors/graph-error.ts';
import { expectRank, expectType } from '../ir/apply-op.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** Throws unless all tensors of an optimizer step are float32 of the weight's shape, and the rest float32 scalars. */
export function expectUpdateInputs(
  what: string,
  tensors: Readonly<Record<string, Value>>,
  scalars: Readonly<Record<string, Value>>,
): void {
  const [weight] = Object.values(tensors);
  for (const [name, value] of Object.entries(tensors)) {
    expectType(`${what}: ${name}`, value, 'float32');
    if (!sameShape(value.shape, weight!.shape)) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `${what}: ${name} must have the weight's shape ${formatShape(weight!.shape)}; received ${formatShape(value.shape)}.`,
      );
    }
  }
  for (const [name, value] of Object.entries(scalars)) {
    expectType(`${what}: ${name}`, value, 'float32');
    expectRank(`${what}: ${name}`, value, 0);
  }
}
