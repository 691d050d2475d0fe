const { floor } = Math;

/** How gaps are counted. */
export interface GapCodeOptions {
  /** Bits of one value. */
  readonly valueBits: number;
  /** Least and greatest bits of one unit. */
  readonly unitBits: readonly [least: number, greatest: number];
}

/** The authors' settings. */
export const authorsGapCode: GapCodeOptions = { valueBits: 32, unitBits: [2, 32] };

/**
 * Bits of gaps and one value for each gap: a gap takes units of b bits, the largest number in a unit, 2^b - 1, standing for
 * that many steps and "go on". The best b for all gaps counts.
 */
export function codedBits(
  gaps: ArrayLike<number>,
  { valueBits, unitBits: [least, greatest] }: GapCodeOptions = authorsGapCode,
): number {
  if (gaps.length === 0) return 0;
  let best = Infinity;
  for (let bits = least; bits <= greatest; bits++) {
    const units = unitsOf(gaps, 2 ** bits - 1);
    best = Math.min(best, units * bits);
    // One unit each: wider ones only take more.
    if (units === gaps.length) break;
  }
  return best + gaps.length * valueBits;
}

function unitsOf(gaps: ArrayLike<number>, largest: number): number {
  let units = gaps.length;
  for (let i = 0; i < gaps.length; i++) units += floor(gaps[i]! / largest);
  return units;
}

/**
 * Bits of weights that are zero but for those at ascending `places`, as the authors count them: neither the first place nor
 * one of the values counts, and values take 32 bits.
 */
export function gapBits(places: Uint32Array): number {
  return codedBits(differences(places, 1));
}

/** Bits of the same weights in full: every place, every value at its precision. */
export function honestGapBits(places: Uint32Array, valueBits: number): number {
  return codedBits(differences(places, 0), { ...authorsGapCode, valueBits });
}

/** Steps from each place to the next, from the `first` on; the place before the first is -1. */
function differences(places: Uint32Array, first: number): Float64Array {
  const gaps = new Float64Array(Math.max(0, places.length - first));
  for (let i = 0; i < gaps.length; i++) {
    const at = i + first;
    gaps[i] = places[at]! - (at === 0 ? -1 : places[at - 1]!);
  }
  return gaps;
}
