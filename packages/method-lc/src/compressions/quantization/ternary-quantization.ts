import { inputWeights } from '../input-weights.ts';
import { sortedMagnitudes } from '../sorted-magnitudes.ts';
import { expandCodebook, indexBits } from './codebook.ts';
import { notBelow, symmetricCodebook } from './symmetric-codebook.ts';
import type { CodebookWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Weights -1, 0 and +1: 0 where |v| < 1/2, else the sign. */
export function ternaryQuantization(): Compression<CodebookWeights> {
  const owner = 'compression "ternary"';
  return {
    name: 'ternary',
    compress: (v, context) =>
      symmetricCodebook(inputWeights(owner, v, context), [1], [notBelow(1 / 2)]),
    decompress: expandCodebook,
    bits: indexBits,
    storedBits: indexBits,
    parameters: ({ indices }) => indices.length,
  };
}

/**
 * Weights -a, 0 and +a: a is the mean of the j largest magnitudes, j that of the largest (sum of the j largest) / √j; the
 * magnitudes above a/2 are kept (arXiv 1707.04319, theorem on ternarization with scale).
 */
export function scaledTernaryQuantization(): Compression<CodebookWeights> {
  const owner = 'compression "scaled-ternary"';
  return {
    name: 'scaled-ternary',
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      const scale = ternaryScale(weights);
      return symmetricCodebook(weights, [scale], [scale / 2]);
    },
    decompress: expandCodebook,
    bits: (theta) => indexBits(theta) + 32,
    storedBits: (theta) => indexBits(theta) + 32,
    // The authors do not count the scale.
    parameters: ({ indices }) => indices.length,
  };
}

function ternaryScale(weights: Float32Array): number {
  const magnitudes = sortedMagnitudes(weights);
  let [sum, best, scale] = [0, -1, 0];
  for (let j = 1; j <= magnitudes.length; j++) {
    sum += magnitudes[magnitudes.length - j]!;
    // Squared, it orders the same.
    const score = (sum * sum) / j;
    if (score > best) [best, scale] = [score, sum / j];
  }
  return scale;
}
