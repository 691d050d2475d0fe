import { parseOptions } from '@pare/core';
import { z } from 'zod';
import { inputWeights } from '../input-weights.ts';
import { expandCodebook, indexBits } from './codebook.ts';
import { notBelow, symmetricCodebook } from './symmetric-codebook.ts';
import type { CodebookWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Options of `powersOfTwo`. */
export const powersOfTwoOptions = z.strictObject({
  smallest: z
    .number()
    .int()
    .min(0)
    .max(126)
    .describe('C: the weights are 0 and ±1, ±1/2, ... ±2^-C'),
});

/**
 * Weights 0 and ±2^0 ... ±2^-C, each the nearest: products become shifts. 0 where |v| < 2^(-C-1); halfway between two powers
 * the smaller one (arXiv 1707.04319, theorem on powers of two).
 */
export function powersOfTwo(
  input: z.input<typeof powersOfTwoOptions>,
): Compression<CodebookWeights> {
  const owner = 'compression "powers-of-two"';
  const { smallest } = parseOptions(powersOfTwoOptions, input, { owner });
  const powers = Array.from({ length: smallest + 1 }, (_, i) => 2 ** (i - smallest));
  const thresholds = [notBelow(powers[0]! / 2), ...powers.slice(1).map((power) => 0.75 * power)];
  return {
    name: 'powers-of-two',
    compress: (v, context) =>
      symmetricCodebook(inputWeights(owner, v, context), powers, thresholds),
    decompress: expandCodebook,
    bits: indexBits,
    storedBits: indexBits,
    parameters: ({ indices }) => indices.length,
  };
}
