import { abs, sum } from '@pare/graph';
import type { Value } from '@pare/graph';

/** A = Σ|w|, a scalar; the sub-gradient at 0 is 0. */
export function magnitudeSum(w: Value): Value {
  return sum(abs(w));
}
