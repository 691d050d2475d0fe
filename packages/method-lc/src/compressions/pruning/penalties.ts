import { parseOptions } from '@pare/core';
import { z } from 'zod';
import { inputWeights } from '../input-weights.ts';
import { softThreshold } from './soft-threshold.ts';
import { sparseForm, sparseWeights } from './sparse.ts';
import type { SparseWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Options of `l0Penalty` and `l1Penalty`. */
export const penaltyOptions = z.strictObject({
  alpha: z.number().nonnegative().describe('α: factor of the norm in the objective'),
});

type PenaltyOptions = z.input<typeof penaltyOptions>;

/** Least (μ/2)·‖v - θ‖² + α·‖θ‖₀: weights of magnitude above √(2α/μ) stay as they are. With μ = 0 none does. */
export function l0Penalty(input: PenaltyOptions): Compression<SparseWeights> {
  return penalty('l0-penalty', input, (weights, alpha, mu) => {
    const threshold = Math.sqrt((2 * alpha) / mu);
    return sparseWeights(weights, (w) => (w > threshold || w < -threshold ? w : 0));
  });
}

/** Least (μ/2)·‖v - θ‖² + α·‖θ‖₁: all magnitudes less α/μ. With μ = 0 all weights become 0. */
export function l1Penalty(input: PenaltyOptions): Compression<SparseWeights> {
  return penalty('l1-penalty', input, (weights, alpha, mu) => softThreshold(weights, alpha / mu));
}

function penalty(
  name: string,
  input: PenaltyOptions,
  shrink: (weights: Float32Array, alpha: number, mu: number) => SparseWeights,
): Compression<SparseWeights> {
  const owner = `compression "${name}"`;
  const { alpha } = parseOptions(penaltyOptions, input, { owner });
  return {
    name,
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      // Without a pull to the weights the penalty alone counts, also where α is 0.
      return context.mu === 0
        ? sparseWeights(weights, () => 0)
        : shrink(weights, alpha, context.mu);
    },
    ...sparseForm(),
  };
}
