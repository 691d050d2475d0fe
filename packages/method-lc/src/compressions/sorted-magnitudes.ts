import { sortAscending } from './sort-ascending.ts';

/** Magnitudes of weights, ascending. */
export function sortedMagnitudes(weights: Float32Array): Float32Array {
  const magnitudes = new Float32Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    magnitudes[i] = weight < 0 ? -weight : weight;
  }
  return sortAscending(magnitudes);
}
