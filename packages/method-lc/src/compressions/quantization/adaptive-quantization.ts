import { PareError, parseOptions } from '@pare/core';
import { z } from 'zod';
import { checkPrevious, inputWeights } from '../input-weights.ts';
import { expandCodebook, indexBits, nearestInCodebook } from './codebook.ts';
import { exactKMeans } from './exact-k-means.ts';
import { kMeans } from './k-means.ts';
import { weightedPoints } from './weighted-points.ts';
import type { CodebookWeights } from '../compressed-weights.ts';
import type { Compression, CompressionContext } from '../compression.ts';

/** Options of `adaptiveQuantization`. */
export const adaptiveQuantizationOptions = z.strictObject({
  centroids: z.number().int().min(1).describe('number of different weights, K'),
  algorithm: z
    .enum(['exact', 'k-means'])
    .default('exact')
    .describe(
      'exact: the best codebook there is; k-means: as the authors, from random starts, later from the codebook before',
    ),
  restarts: z
    .number()
    .int()
    .min(1)
    .default(10)
    .describe('k-means: random starts of the first step'),
  iterations: z.number().int().min(1).default(300).describe('k-means: most iterations of a run'),
  tolerance: z
    .number()
    .nonnegative()
    .default(1e-10)
    .describe('k-means: ends where the squared shift is this share of the variance'),
});

type Options = z.output<typeof adaptiveQuantizationOptions>;

const owner = 'compression "adaptive-quantization"';

/** Weights that take K learned values (Part II of the papers, arXiv 1707.04319, eq. 3: one-dimensional k-means). */
export function adaptiveQuantization(
  input: z.input<typeof adaptiveQuantizationOptions>,
): Compression<CodebookWeights> {
  const options = parseOptions(adaptiveQuantizationOptions, input, { owner });
  const { centroids } = options;
  return {
    name: 'adaptive-quantization',
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      if (centroids > weights.length) {
        throw new PareError(
          'BAD_CODEBOOK',
          `${owner}: ${weights.length} weights cannot have ${centroids} different values. Choose at most ${weights.length} centroids.`,
        );
      }
      return nearestInCodebook(weights, learn(weights, options, context));
    },
    decompress: expandCodebook,
    bits: (theta) => indexBits(theta) + 32 * theta.codebook.length,
    storedBits: (theta) => indexBits(theta) + 32 * theta.codebook.length,
    parameters: ({ codebook, indices }) => codebook.length + indices.length,
  };
}

function learn(
  weights: Float32Array,
  options: Options,
  { previous, random }: CompressionContext<CodebookWeights>,
): Float32Array {
  const points = weightedPoints(weights);
  if (previous) checkPrevious(owner, weights.length, previous.indices.length);
  if (options.algorithm === 'exact')
    return Float32Array.from(exactKMeans(points, options.centroids));
  if (previous && previous.codebook.length !== options.centroids) {
    throw new PareError(
      'STATE_MISMATCH',
      `${owner}: the codebook of the step before has ${previous.codebook.length} values; expected ${options.centroids}. It belongs to another configuration.`,
    );
  }
  const from = { random, start: previous?.codebook };
  return Float32Array.from(kMeans(points, options.centroids, options, from));
}
