import { greedySeeds } from './greedy-seeds.ts';
import { lloyd } from './lloyd.ts';
import { squaredPoints } from './squared-points.ts';
import type { Random } from '@pare/core';
import type { LloydLimits } from './lloyd.ts';
import type { WeightedPoints } from './weighted-points.ts';

/** Settings of k-means. */
export interface KMeansOptions extends LloydLimits {
  /** Starts from random points; the best result counts. */
  readonly restarts: number;
}

/**
 * Centroids by Lloyd's iterations, ascending: from `start` where there is one, else the best of several random starts.
 * A local optimum; `exactKMeans` is both better and faster. It is here because the authors use it.
 */
export function kMeans(
  points: WeightedPoints,
  k: number,
  options: KMeansOptions,
  from: { random: Random; start?: ArrayLike<number> },
): Float64Array {
  const squared = squaredPoints(points);
  if (from.start) return lloyd(squared, Float64Array.from(from.start).sort(), options).centroids;
  let best = lloyd(squared, greedySeeds(squared, k, from.random), options);
  for (let run = 1; run < options.restarts; run++) {
    const other = lloyd(squared, greedySeeds(squared, k, from.random), options);
    if (other.error < best.error) best = other;
  }
  return best.centroids;
}
