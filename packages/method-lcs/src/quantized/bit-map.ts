import { PareError } from '@pare/core';

/** Least and greatest number of bits that are trained. */
export type BitRange = readonly [number, number];

const countOf = ([least, greatest]: BitRange): number => greatest - least + 1;

/**
 * Bits at a point of the line: [0, 1] is cut into equal intervals, closed at their upper ends, one for each number of bits, the fewest
 * first. Throws LCS_BITS for a point outside the line.
 */
export function bitsAt(alpha: number, range: BitRange): number {
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new PareError(
      'LCS_BITS',
      `method "lcs": a point of the line must be from 0 to 1; received ${alpha}.`,
    );
  }
  const count = countOf(range);
  let interval = 0;
  while (alpha > (interval + 1) / count) interval++;
  return range[0] + interval;
}

/** The point of the line that stands for a number of bits: the upper end of its interval. */
export const pointOf = (bits: number, range: BitRange): number =>
  (bits - range[0] + 1) / countOf(range);

/** The same, cut to three decimals: where the authors evaluate. */
export const evaluatedPoint = (bits: number, range: BitRange): number =>
  Math.floor((1000 * (bits - range[0] + 1)) / countOf(range)) / 1000;

/** Throws LCS_BITS unless a network that was trained for the range can be run with these bits. */
export function checkBits(bits: number, [least, greatest]: BitRange): void {
  if (Number.isInteger(bits) && bits >= least && bits <= greatest) return;
  throw new PareError(
    'LCS_BITS',
    `method "lcs": the network runs with ${least} to ${greatest} bits, a whole number; received ${bits}.`,
  );
}
