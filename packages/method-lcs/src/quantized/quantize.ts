import {
  clip,
  div,
  greater,
  max,
  maximum,
  min,
  minimum,
  mul,
  round,
  sub,
  where,
} from '@pare/graph';
import type { Value } from '@pare/graph';

/** Least and greatest number of a tensor, 0 among them; scalars. */
export interface Range {
  readonly least: Value;
  readonly greatest: Value;
}

/** An affine quantizer, all float32 scalars. */
export interface Scale {
  /** Distance of two levels. */
  readonly step: Value;
  /** Its reciprocal, rounded on its own: numbers are multiplied by it, as the authors do. */
  readonly inverse: Value;
  /** First and last level, counted from the one of 0. */
  readonly first: Value;
  readonly last: Value;
}

/** Ranges that are not wider count as empty: the reciprocal of their step would not be a float32. */
export const narrowest = 1e-30;

/** Highest of the levels of b bits, counted from 0: 2^b - 1. */
export const topLevel = (bits: number): number => 2 ** bits - 1;

/** Range of the tensor itself. */
export const ownRange = (x: Value): Range => ({
  least: minimum(min(x), 0),
  greatest: maximum(max(x), 0),
});

/**
 * Affine quantizer of a range that contains 0, with `top + 1` signed levels (float32 scalar): s = (max - min)/top and the zero point
 * z = clip(round(qmin - min/s)) with qmin = -(top + 1)/2 (Jacob et al. 2018, section 2.1). The authors compute s and z in
 * float64; here it is float32, as engines have no other: s differs by one unit in the last place at most. An empty range makes
 * everything in it 0.
 */
export function scaleOf({ least, greatest }: Range, top: Value): Scale {
  const width = sub(greatest, least);
  const inverse = div(top, where(greater(width, narrowest), width, 1));
  const lowest = div(sub(-1, top), 2);
  const highest = div(sub(top, 1), 2);
  const zero = clip(round(sub(lowest, mul(least, inverse))), lowest, highest);
  return {
    step: div(width, top),
    inverse,
    first: sub(lowest, zero),
    last: sub(highest, zero),
  };
}

/** x at the nearest levels (halves to the even one), those outside at the end. Its gradient is 0. */
export const quantize = (x: Value, { step, inverse, first, last }: Scale): Value =>
  mul(clip(round(mul(x, inverse)), first, last), step);
