import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { cast } from './cast.ts';
import { greaterEqual } from './greater-equal.ts';
import { mul } from './mul.ts';
import { randomUniform } from './random-uniform.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Zeroes elements at random in training and scales the rest by 1 / (1 - rate); does nothing in evaluation. */
export const dropoutOp: OpDefinition = {
  name: 'dropout',
  elementwise: true,
  infer: ([x], attributes) => {
    const rate = attributes.rate as number;
    if (!(rate >= 0 && rate < 1)) {
      throw new GraphError(
        'BAD_RATE',
        `dropout: the rate must be from 0 up to, not including, 1; received ${rate}.`,
      );
    }
    return [{ shape: x!.shape, dtype: 'float32' }];
  },
  cost: () => ({ macs: 0, flops: 0 }),
  instantiate: ({ node, inputs: [x], mode, seed }) => {
    const rate = node.attributes.rate as number;
    if (mode === 'eval' || rate === 0) return [x!];
    if (!seed)
      throw new GraphError(
        'NO_SEED',
        'dropout: a training program needs a seed input (int32 [2]); pass `seed` to instantiate().',
      );
    const keep = cast(greaterEqual(randomUniform(x!.shape, seed), rate), 'float32');
    return [mul(x!, mul(keep, 1 / (1 - rate)))];
  },
};

/** Dropout with the given rate (probability of zero). */
export function dropout(x: Value, rate: number): Value {
  return applySingle(dropoutOp, [x], { rate });
}
