import { PareError, kthMagnitude, parseOptions } from '@pare/core';
import { z } from 'zod';
import { checkPrevious, inputWeights } from '../input-weights.ts';
import { exactKMeans } from '../quantization/exact-k-means.ts';
import { expandCodebook, nearestInCodebook } from '../quantization/codebook.ts';
import { weightedPoints } from '../quantization/weighted-points.ts';
import { roundToFloat16 } from '../round-to-float16.ts';
import { sparseForm, sparseWeights } from './sparse.ts';
import type { SparseWeights } from '../compressed-weights.ts';
import type { Compression } from '../compression.ts';

/** Options of `l0Constraint`. */
export const l0ConstraintOptions = z.strictObject({
  kept: z.number().int().min(0).describe('κ: how many weights are left'),
  precision: z
    .number()
    .refine((bits) => bits === 32 || (Number.isInteger(bits) && bits >= 1 && bits <= 16), {
      error: 'must be 32, 16 or a whole number from 1 to 15',
    })
    .default(32)
    .describe(
      'bits of a weight that is left: 32, 16 (half precision), or b < 16 (2^b learned values)',
    ),
});

const { abs } = Math;

const owner = 'compression "l0-constraint"';

/** At most κ weights that are not zero: the κ of largest magnitude, of equal ones those that come later. */
export function l0Constraint(
  input: z.input<typeof l0ConstraintOptions>,
): Compression<SparseWeights> {
  const { kept, precision } = parseOptions(l0ConstraintOptions, input, { owner });
  return {
    name: 'l0-constraint',
    compress(v, context) {
      const weights = inputWeights(owner, v, context);
      if (kept > weights.length) {
        throw new PareError(
          'BAD_KEPT',
          `${owner}: ${kept} weights cannot be left of ${weights.length}. Choose at most ${weights.length}.`,
        );
      }
      if (context.previous) checkPrevious(owner, weights.length, context.previous.length);
      return atPrecision(largest(weights, kept), precision);
    },
    ...sparseForm(precision),
  };
}

function largest(weights: Float32Array, kept: number): SparseWeights {
  if (kept === 0) return sparseWeights(weights, () => 0);
  const cut = kthMagnitude([weights], kept);
  let [above, equal] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const magnitude = abs(weights[i]!);
    if (magnitude > cut) above++;
    else if (magnitude === cut) equal++;
  }
  // Of equal magnitudes the first ones go.
  let dropped = equal - (kept - above);
  return sparseWeights(weights, (weight) => {
    const magnitude = abs(weight);
    if (magnitude > cut) return weight;
    return magnitude === cut && dropped-- <= 0 ? weight : 0;
  });
}

function atPrecision(sparse: SparseWeights, precision: number): SparseWeights {
  const { values } = sparse;
  if (precision === 32 || values.length === 0) return sparse;
  if (precision === 16) return { ...sparse, values: values.map(roundToFloat16) };
  const entries = Math.min(2 ** precision, values.length);
  const codebook = Float32Array.from(exactKMeans(weightedPoints(values), entries));
  return { ...sparse, values: expandCodebook(nearestInCodebook(values, codebook)), codebook };
}
