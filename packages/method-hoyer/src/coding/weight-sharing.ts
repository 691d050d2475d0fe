import { PareError } from '@pare/core';
import { lloyd } from './lloyd.ts';
import type { HostTensor } from '@pare/core';

/** A tensor whose non-zero elements take few values. */
export interface SharedWeights {
  readonly tensor: HostTensor;
  /** Evenly spaced from the least to the largest non-zero element. */
  readonly initial: readonly number[];
  /** After k-means; empty for a tensor of zeros. */
  readonly centroids: readonly number[];
}

/**
 * Replaces each non-zero element by one of 2^bits centroids (default 5 bits), fewer where there are fewer different
 * elements; zeros stay 0.
 */
export function shareWeights(tensor: HostTensor, bits = 5): SharedWeights {
  if (!Number.isInteger(bits) || bits < 1 || bits > 16) {
    throw new PareError(
      'BAD_BITS',
      `weight sharing: bits must be a whole number from 1 to 16; received ${bits}.`,
    );
  }
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new PareError(
      'NOT_FINITE',
      `weight sharing: element ${bad} is ${tensor.data[bad]}; expected finite numbers. Training has diverged: lower the learning rate or the strength.`,
    );
  }
  const alive = Float32Array.from(tensor.data).filter((value) => value !== 0);
  const count = Math.min(2 ** bits, new Set(alive).size);
  if (count === 0) return { tensor, initial: [], centroids: [] };
  const low = alive.reduce((a, b) => Math.min(a, b));
  const high = alive.reduce((a, b) => Math.max(a, b));
  const initial = Array.from({ length: count }, (_, k) =>
    count === 1 ? low : low + ((high - low) * k) / (count - 1),
  );
  const { centroids, labels } = lloyd(alive, initial);
  let n = 0;
  const data = Float32Array.from(tensor.data, (value) =>
    value === 0 ? 0 : centroids[labels[n++]!]!,
  );
  return { tensor: { ...tensor, data }, initial, centroids: [...centroids] };
}
