import { gapBits, honestGapBits } from '../counting/gap-code.ts';
import type { SparseWeights } from '../compressed-weights.ts';

// Looked up once: under Jest each look-up of a global costs more than the arithmetic.
const { fround } = Math;

/** Weights that `value` leaves, and where; those that it makes 0 are not kept. */
export function sparseWeights(
  weights: Float32Array,
  value: (weight: number, index: number) => number,
): SparseWeights {
  const indices = new Uint32Array(weights.length);
  const values = new Float32Array(weights.length);
  let kept = 0;
  for (let i = 0; i < weights.length; i++) {
    const left = fround(value(weights[i]!, i));
    if (left === 0) continue;
    indices[kept] = i;
    values[kept++] = left;
  }
  return {
    kind: 'sparse',
    length: weights.length,
    indices: indices.slice(0, kept),
    values: values.slice(0, kept),
  };
}

/** All weights, zeros included. */
export function expandSparse({ length, indices, values }: SparseWeights): Float32Array {
  const weights = new Float32Array(length);
  for (let i = 0; i < indices.length; i++) weights[indices[i]!] = values[i]!;
  return weights;
}

/** What all kinds of pruning share; `valueBits` is the precision that is really kept. */
export function sparseForm(valueBits = 32) {
  return {
    decompress: expandSparse,
    bits: ({ indices }: SparseWeights) => gapBits(indices),
    storedBits: ({ indices, codebook }: SparseWeights) =>
      honestGapBits(indices, valueBits) + 32 * (codebook?.length ?? 0),
    parameters: ({ values }: SparseWeights) => values.length,
  };
}
