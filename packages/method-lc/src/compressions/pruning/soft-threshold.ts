import { sparseWeights } from './sparse.ts';
import type { SparseWeights } from '../compressed-weights.ts';

/** Takes `threshold` off all magnitudes; those that are no greater become 0. */
export function softThreshold(weights: Float32Array, threshold: number): SparseWeights {
  return sparseWeights(weights, (weight) => {
    if (weight > threshold) return weight - threshold;
    return weight < -threshold ? weight + threshold : 0;
  });
}
