import {
  abs,
  cast,
  greater,
  greaterEqual,
  kthLargest,
  maximum,
  mul,
  reshape,
  sizeOf,
  stopGradient,
} from '@pare/graph';
import type { Value } from '@pare/graph';

/** How many of `count` weights a kept share leaves: count - trunc((1 - share)·count), in float64 as the authors compute it. */
export const keptCount = (share: number, count: number): number =>
  count - Math.trunc((1 - share) * count);

/**
 * The weight with all but its `kept` largest magnitudes (int32 scalar) set to zero. The mask has no gradient, so zeroed
 * weights get none. Weights as large as the smallest kept one stay too.
 */
export function keepLargest(weight: Value, kept: Value): Value {
  const magnitudes = abs(stopGradient(weight));
  const size = sizeOf(weight.shape) as number;
  const threshold = kthLargest(reshape(magnitudes, [size]), maximum(kept, 1));
  const some = cast(greater(kept, 0), 'float32');
  return mul(weight, mul(cast(greaterEqual(magnitudes, threshold), 'float32'), some));
}
