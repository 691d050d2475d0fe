import { parseOptions } from '@pare/core';
import { z } from 'zod';
import { inputWeights } from '../input-weights.ts';
import { expandCodebook, indexBits, nearestInCodebook } from './codebook.ts';
import type { CodebookWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Options of `fixedCodebook`. */
export const fixedCodebookOptions = z.strictObject({
  values: z
    .array(z.number())
    .min(1)
    .refine((values) => new Set(values.map(Math.fround)).size === values.length, {
      message: 'the values must differ from one another as float32',
    })
    .describe('the values that weights can take'),
});

/** Weights that take given values: each the nearest, the lower one of two that are equally near. Nothing is learned. */
export function fixedCodebook(
  input: z.input<typeof fixedCodebookOptions>,
): Compression<CodebookWeights> {
  const owner = 'compression "fixed-codebook"';
  const codebook = Float32Array.from(parseOptions(fixedCodebookOptions, input, { owner }).values);
  codebook.sort();
  return {
    name: 'fixed-codebook',
    compress: (v, context) => nearestInCodebook(inputWeights(owner, v, context), codebook.slice()),
    decompress: expandCodebook,
    bits: indexBits,
    storedBits: (theta) => indexBits(theta) + 32 * theta.codebook.length,
    parameters: ({ indices }) => indices.length,
  };
}
