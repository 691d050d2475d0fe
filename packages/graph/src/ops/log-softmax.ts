import { applySingle, expectType } from '../ir/apply-op.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';
import { sum } from './sum.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Logarithm of the softmax along the last axis, stable. */
export const logSoftmaxOp: OpDefinition = {
  name: 'logSoftmax',
  infer: ([x]) => {
    expectType('logSoftmax: x', x!, 'float32');
    return [{ shape: x!.shape, dtype: 'float32' }];
  },
  gradient: ({ outputs: [y], gradients: [g] }) => [
    sub(g!, mul(exp(y!), sum(g!, -1, { keepDims: true }))),
  ],
};

/** Log-probabilities along the last axis. */
export function logSoftmax(x: Value): Value {
  return applySingle(logSoftmaxOp, [x]);
}
