import { PareError } from '@pare/core';
import { pruneTensor } from './prune-tensor.ts';
import { tensorOf } from './tensor-of.ts';
import type { HostTensor, Tensors } from '@pare/core';

/** What a percentile is taken of and what it is used on. */
export interface PercentileOptions {
  /** Percent, 0 to 100; default 5. */
  readonly percent?: number;
  /** Tensors that are pruned. */
  readonly prune: readonly string[];
  /** Tensors whose non-zero elements the percentile is taken of; default those that are pruned. */
  readonly over?: readonly string[];
}

/** The percentile of sorted numbers, linear between neighbours. */
function percentile(sorted: Float32Array, percent: number): number {
  const position = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(position)]!;
  const high = sorted[Math.ceil(position)]!;
  return Math.fround(low + (high - low) * (position - Math.floor(position)));
}

/** Prunes tensors at one threshold: a percentile of the magnitudes that are not 0 yet. */
export function pruneByPercentile(
  weights: Tensors,
  options: PercentileOptions,
): { weights: Tensors; threshold: number } {
  const { percent = 5, prune, over = prune } = options;
  if (!(percent >= 0 && percent <= 100)) {
    throw new PareError(
      'BAD_PERCENT',
      `pruneByPercentile: percent must be 0 to 100; received ${percent}.`,
    );
  }
  const alive = over.flatMap((name) =>
    Array.from(tensorOf(weights, name).data).filter((v) => v !== 0),
  );
  if (alive.length === 0) {
    throw new PareError(
      'NOTHING_ALIVE',
      `pruneByPercentile: all of ${over.join(', ')} is 0 already; there is no percentile.`,
    );
  }
  const threshold = percentile(Float32Array.from(alive, Math.abs).sort(), percent);
  const result = new Map<string, HostTensor>(weights);
  for (const name of prune) result.set(name, pruneTensor(name, tensorOf(weights, name), threshold));
  return { weights: result, threshold };
}
