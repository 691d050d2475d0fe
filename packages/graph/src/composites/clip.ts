import { maximum } from '../ops/maximum.ts';
import { minimum } from '../ops/minimum.ts';
import type { Operand, Value } from '../ir/value.ts';

/** x limited to [low, high]. */
export function clip(x: Value, low: Operand, high: Operand): Value {
  return minimum(maximum(x, low), high);
}
