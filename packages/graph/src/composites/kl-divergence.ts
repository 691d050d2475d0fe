import { exp } from '../ops/exp.ts';
import { logSoftmax } from '../ops/log-softmax.ts';
import { mul } from '../ops/mul.ts';
import { sub } from '../ops/sub.ts';
import { sum } from '../ops/sum.ts';
import type { Value } from '../ir/value.ts';

/** KL(softmax(target) || softmax(logits)) of each row [n], in nats. */
export function klDivergence(target: Value, logits: Value): Value {
  const p = logSoftmax(target);
  return sum(mul(exp(p), sub(p, logSoftmax(logits))), -1);
}
