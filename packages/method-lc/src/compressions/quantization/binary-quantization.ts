import { inputWeights } from '../input-weights.ts';
import { expandCodebook, indexBits, nearestInCodebook } from './codebook.ts';
import type { CodebookWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Weights -1 and +1 by their sign. 0 becomes -1, as in the authors' code. */
export function binaryQuantization(): Compression<CodebookWeights> {
  const owner = 'compression "binary"';
  return {
    name: 'binary',
    compress: (v, context) =>
      nearestInCodebook(inputWeights(owner, v, context), Float32Array.of(-1, 1)),
    decompress: expandCodebook,
    bits: indexBits,
    storedBits: indexBits,
    parameters: ({ indices }) => indices.length,
  };
}

/** Weights -a and +a by their sign, a the mean magnitude (arXiv 1707.04319, theorem on binarization with scale). */
export function scaledBinaryQuantization(): Compression<CodebookWeights> {
  const owner = 'compression "scaled-binary"';
  return {
    name: 'scaled-binary',
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      const scale = meanMagnitude(weights);
      return nearestInCodebook(weights, Float32Array.of(0 - scale, scale));
    },
    decompress: expandCodebook,
    bits: (theta) => indexBits(theta) + 32,
    storedBits: (theta) => indexBits(theta) + 32,
    parameters: ({ indices }) => 1 + indices.length,
  };
}

function meanMagnitude(weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    sum += weight < 0 ? -weight : weight;
  }
  return sum / weights.length;
}
