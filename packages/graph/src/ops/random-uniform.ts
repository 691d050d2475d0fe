import { GraphError } from '../errors/graph-error.ts';
import { applySingle, expectType } from '../ir/apply-op.ts';
import { sameShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** Uniform numbers in [0, 1) that depend on the seed only (Philox 4x32-10), the same on every engine. */
export const randomUniformOp: OpDefinition = {
  name: 'randomUniform',
  stopsGradient: true,
  infer: ([seed], attributes) => {
    expectType('randomUniform: seed', seed!, 'int32');
    if (!sameShape(seed!.shape, [2]))
      throw new GraphError('BAD_SEED', 'randomUniform: the seed must have shape [2].');
    return [{ shape: attributes.shape as Shape, dtype: 'float32' }];
  },
};

/** float32 numbers in [0, 1) of the given shape, a pure function of `seed` (int32 [2]). */
export function randomUniform(shape: Shape, seed: Value): Value {
  return applySingle(randomUniformOp, [seed], { shape });
}
