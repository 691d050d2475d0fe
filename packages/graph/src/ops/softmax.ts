import { applySingle, expectType } from '../ir/apply-op.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';
import { sum } from './sum.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** e^x over its sum along the last axis. */
export const softmaxOp: OpDefinition = {
  name: 'softmax',
  infer: ([x]) => {
    expectType('softmax: x', x!, 'float32');
    return [{ shape: x!.shape, dtype: 'float32' }];
  },
  gradient: ({ outputs: [y], gradients: [g] }) => [
    mul(y!, sub(g!, sum(mul(g!, y!), -1, { keepDims: true }))),
  ],
};

/** Probabilities along the last axis. */
export function softmax(x: Value): Value {
  return applySingle(softmaxOp, [x]);
}
