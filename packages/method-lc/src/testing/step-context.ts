import { SeededRandom } from '@pare/core';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';
import type { CompressionContext } from '../compressions/compression.ts';

/** Context of a compression step: of `count` weights as one vector, with μ = 0 and seed 1, unless told otherwise. */
export function stepContext<Theta extends CompressedWeights = CompressedWeights>(
  count: number,
  more: Partial<CompressionContext<Theta>> = {},
): CompressionContext<Theta> {
  return { mu: 0, shape: [count], random: new SeededRandom(1), ...more };
}
