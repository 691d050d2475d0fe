import { bitsFor } from '../compressions/quantization/codebook.ts';
import { matrixShape } from '../compressions/low-rank/weight-matrix.ts';
import type { PartReference } from '@pare/core';
import type { ConvScheme } from '../compressions/low-rank/weight-matrix.ts';

/** Bits of a number that is stored as it is. */
export const floatBits = 32;

type Estimate = (part: PartReference, weights: number, shape: readonly number[]) => number;

const codebook = (entries: number, learned: number): Estimate => {
  const bits = bitsFor(entries);
  return (_part, weights) => bits * weights + floatBits * learned;
};

const estimates: Readonly<Record<string, Estimate>> = {
  'adaptive-quantization': ({ centroids }, weights) =>
    bitsFor(centroids as number) * weights + floatBits * (centroids as number),
  'fixed-codebook': ({ values }, weights) => bitsFor((values as number[]).length) * weights,
  binary: codebook(2, 0),
  'scaled-binary': codebook(2, 1),
  ternary: codebook(3, 0),
  'scaled-ternary': codebook(3, 1),
  // 0 and both signs of 2^0 ... 2^-C.
  'powers-of-two': ({ smallest }, weights) => bitsFor(2 * (smallest as number) + 3) * weights,
  'l0-constraint': ({ kept }, weights) => sparseBits(kept as number, weights),
  'low-rank': ({ rank, convScheme }, _weights, shape) => {
    const [rows, columns] = matrixShape('low-rank', shape, convScheme as ConvScheme | undefined);
    return floatBits * (rank as number) * (rows + columns);
  },
};

/**
 * Bits that parts will take as the authors count them, before there are any weights; undefined where the weights decide, as
 * with prices and learned ranks. Exact but for pruning, where the weights that are left are taken to lie anywhere.
 */
export function estimateBits(
  parts: readonly PartReference[],
  weights: number,
  shape: readonly number[],
): number | undefined {
  let bits = 0;
  for (const part of parts) {
    const estimate = estimates[part.name];
    if (!estimate) return undefined;
    bits += estimate(part, weights, shape);
  }
  return Math.round(bits);
}

/** Value and distance of each weight but the first, distances in the best base of 2 to 32 bits. */
function sparseBits(kept: number, weights: number): number {
  if (kept < 2) return 0;
  const left = kept / weights;
  let best = Infinity;
  for (let bits = 2; bits <= 32; bits++) {
    best = Math.min(best, bits * (1 + escapes(left, 2 ** bits - 1)));
  }
  return (kept - 1) * (floatBits + best);
}

/**
 * Mean of ⌊d / m⌋ for distances d between weights that are left with a probability each: d is geometric, and
 * P(d ≥ j·m) = (1 - left)^(j·m - 1) is summed over j.
 */
function escapes(left: number, m: number): number {
  const gone = 1 - left;
  return gone ** (m - 1) / (1 - gone ** m);
}
