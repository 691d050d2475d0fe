import { kthMagnitude } from '@pare/core';
import { keptCount } from './top-k.ts';
import type { HostTensor } from '@pare/core';

/** The weight with all but the kept share of its largest magnitudes set to zero; ties stay, as in the graph. */
export function hostKeepLargest(weight: HostTensor, share: number): HostTensor {
  const data = weight.data as Float32Array;
  const kept = keptCount(share, data.length);
  if (kept === data.length) return weight;
  const result = new Float32Array(data.length);
  if (kept > 0) copyFrom(data, result, kthMagnitude([data], kept));
  return { ...weight, data: result };
}

/**
 * Copies the numbers from a magnitude on. Runs over all weights at every switch: on the bits, which order as magnitudes do,
 * without a branch, which random weights would send the wrong way half of the time.
 */
function copyFrom(data: Float32Array, result: Float32Array, least: number): void {
  const [from, to] = [data, result].map((a) => new Int32Array(a.buffer, a.byteOffset, a.length));
  const below = new Int32Array(Float32Array.of(least).buffer)[0]! - 1;
  for (let i = 0; i < from!.length; i++) {
    const word = from![i]!;
    // All bits set where the magnitude is larger than `below`, else none.
    const isKept = (below - (word & 0x7fffffff)) >> 31;
    to![i] = word & isKept;
  }
}
