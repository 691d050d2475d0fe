import { replaceGradient } from '../ops/replace-gradient.ts';
import { round } from '../ops/round.ts';
import type { Value } from '../ir/value.ts';

/** Rounds forward, passes the gradient unchanged backward (straight-through estimator, Bengio et al. 2013). */
export function roundStraightThrough(x: Value): Value {
  return replaceGradient(round(x), x);
}
