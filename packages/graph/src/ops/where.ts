import { applySingle, expectType } from '../ir/apply-op.ts';
import { broadcastShapes } from '../ir/shape.ts';
import { sumToShape } from '../composites/sum-to-shape.ts';
import { toPair } from './elementwise.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Operand, Value } from '../ir/value.ts';

/** Picks a where the condition holds, else b. The operand not picked gets gradient 0, never NaN. */
export const whereOp: OpDefinition = {
  name: 'where',
  elementwise: true,
  broadcasts: true,
  infer: ([condition, a, b]) => {
    expectType('where: condition', condition!, 'bool');
    expectType('where: b', b!, a!.dtype);
    const shape = broadcastShapes(
      'where',
      condition!.shape,
      broadcastShapes('where', a!.shape, b!.shape),
    );
    return [{ shape, dtype: a!.dtype }];
  },
  gradient: ({ gradients: [g], inputs: [condition, a, b], needed }) => [
    undefined,
    needed[1] ? sumToShape(where(condition!, g!, 0), a!.shape) : undefined,
    needed[2] ? sumToShape(where(condition!, 0, g!), b!.shape) : undefined,
  ],
};

/** Elementwise choice with broadcasting. */
export function where(condition: Value, a: Operand, b: Operand): Value {
  return applySingle(whereOp, [condition, ...toPair(a, b)]);
}
