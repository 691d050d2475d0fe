import { parseOptions } from '@pare/core';
import { z } from 'zod';
import { inputWeights } from '../input-weights.ts';
import { sortedMagnitudes } from '../sorted-magnitudes.ts';
import { softThreshold } from './soft-threshold.ts';
import { sparseForm } from './sparse.ts';
import type { SparseWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Options of `l1Constraint`. */
export const l1ConstraintOptions = z.strictObject({
  radius: z.number().nonnegative().describe('κ: largest sum of magnitudes'),
  preset: z
    .enum(['default', 'reference'])
    .default('default')
    .describe('reference: the threshold of the authors’ code, whose result can exceed the radius'),
});

/** Weights whose magnitudes sum to κ at most: the nearest point of the l1 ball (Duchi et al. 2008, fig. 1). */
export function l1Constraint(
  input: z.input<typeof l1ConstraintOptions>,
): Compression<SparseWeights> {
  const owner = 'compression "l1-constraint"';
  const { radius, preset } = parseOptions(l1ConstraintOptions, input, { owner });
  const thresholdOf = preset === 'default' ? ballThreshold : referenceThreshold;
  return {
    name: 'l1-constraint',
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      return softThreshold(weights, thresholdOf(sortedMagnitudes(weights), radius));
    },
    ...sparseForm(),
  };
}

/** What to take off all magnitudes (ascending) so that those left sum to the radius; 0 inside the ball. */
export function ballThreshold(magnitudes: Float32Array, radius: number): number {
  // Nothing is left of a ball that is one point.
  if (radius === 0) return magnitudes.at(-1)!;
  let [sum, threshold] = [0, 0];
  for (let j = 1; j <= magnitudes.length; j++) {
    const magnitude = magnitudes[magnitudes.length - j]!;
    sum += magnitude;
    const candidate = (sum - radius) / j;
    if (magnitude <= candidate) break;
    threshold = candidate;
  }
  return Math.max(0, threshold);
}

/** The authors' threshold: one magnitude too many in the sum, and 0 where all are above it. */
function referenceThreshold(magnitudes: Float32Array, radius: number): number {
  let sum = 0;
  for (let j = 1; j <= magnitudes.length; j++) {
    const magnitude = magnitudes[magnitudes.length - j]!;
    sum += magnitude;
    const candidate = (sum - radius) / j;
    if (magnitude < candidate) return candidate;
  }
  return 0;
}
