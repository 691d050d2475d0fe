import { PareError } from '../errors/pare-error.ts';

/** Bits of a magnitude that are looked at in each of the three passes, from the top. */
const passes = [
  { shift: 20, bits: 11 },
  { shift: 10, bits: 10 },
  { shift: 0, bits: 10 },
] as const;

/**
 * The k-th largest |x| (k from 1) over all elements of the arrays together; exact, in three passes over the bits, without
 * sorting: magnitudes of float32 numbers order as their bit patterns do. NaN counts as largest.
 */
export function kthMagnitude(arrays: readonly Float32Array[], k: number): number {
  const count = arrays.reduce((n, { length }) => n + length, 0);
  if (!Number.isInteger(k) || k < 1 || k > count) {
    throw new PareError(
      'BAD_RANK',
      `k-th largest magnitude: k must be a whole number from 1 to the ${count} elements; received ${k}.`,
    );
  }
  const words = arrays.map((a) => new Uint32Array(a.buffer, a.byteOffset, a.length));
  let [prefix, mask, rank] = [0, 0, k];
  for (const { shift, bits } of passes) {
    const counts = histogram(words, prefix, mask, shift, bits);
    let digit = counts.length - 1;
    while (counts[digit]! < rank) rank -= counts[digit--]!;
    prefix |= digit << shift;
    mask |= ((1 << bits) - 1) << shift;
  }
  return new Float32Array(Uint32Array.of(prefix).buffer)[0]!;
}

/** How often each digit stands in the words whose higher bits are the prefix. */
function histogram(
  words: readonly Uint32Array[],
  prefix: number,
  mask: number,
  shift: number,
  bits: number,
): Int32Array {
  const counts = new Int32Array(1 << bits);
  const low = (1 << bits) - 1;
  for (const array of words) {
    for (let i = 0; i < array.length; i++) {
      const word = array[i]! & 0x7fffffff;
      if ((word & mask) === prefix) counts[(word >>> shift) & low]!++;
    }
  }
  return counts;
}
