import { indicesFor } from './codebook.ts';
import type { CodebookWeights } from '../compressed-weights.ts';

/**
 * Weights 0 and ±each magnitude (ascending): the sign of a weight stays, its magnitude becomes the i-th where it is greater
 * than exactly i thresholds (ascending, counted from 1), and 0 where it is greater than none.
 */
export function symmetricCodebook(
  weights: Float32Array,
  magnitudes: readonly number[],
  thresholds: readonly number[],
): CodebookWeights {
  const zero = magnitudes.length;
  const codebook = new Float32Array(2 * zero + 1);
  magnitudes.forEach((magnitude, i) => {
    codebook[zero - 1 - i] = 0 - magnitude;
    codebook[zero + 1 + i] = magnitude;
  });
  const indices = indicesFor(codebook.length, weights.length);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    const magnitude = weight < 0 ? -weight : weight;
    let level = 0;
    for (let t = 0; t < thresholds.length; t++) level += magnitude > thresholds[t]! ? 1 : 0;
    indices[i] = weight < 0 ? zero - level : zero + level;
  }
  return { kind: 'codebook', codebook, indices };
}

/** A threshold that numbers of float32 are above where they are not less than `least`, a power of two. */
export const notBelow = (least: number): number => least * (1 - 2 ** -26);
