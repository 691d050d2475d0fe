import { kthMagnitude } from '@pare/core';
import { keptCount } from './top-k.ts';
import type { HostTensor } from '@pare/core';

/** The weight with all but the kept share of its largest magnitudes set to zero; ties stay, as in the graph. */
export function hostKeepLargest(weight: HostTensor, share: number): HostTensor {
  const data = weight.data as Float32Array;
  const kept = keptCount(share, data.length);
  const threshold = kept === 0 ? Infinity : kthMagnitude([data], kept);
  return { ...weight, data: data.map((w) => (Math.abs(w) >= threshold ? w : 0)) };
}
