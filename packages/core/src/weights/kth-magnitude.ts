import { PareError } from '../errors/pare-error.ts';

/** Bits of a magnitude that are looked at in each of the three passes, from the top. */
const passes = [
  { shift: 20, bits: 11 },
  { shift: 10, bits: 10 },
  { shift: 0, bits: 10 },
] as const;

/**
 * The k-th largest |x| (k from 1) over all elements of the arrays together; exact, in three passes over the bits, without
 * sorting: magnitudes of float32 numbers order as their bit patterns do. The second and third pass look only at what the one
 * before has left. NaN counts as largest.
 */
export function kthMagnitude(arrays: readonly Float32Array[], k: number): number {
  const count = arrays.reduce((n, { length }) => n + length, 0);
  if (!Number.isInteger(k) || k < 1 || k > count) {
    throw new PareError(
      'BAD_RANK',
      `k-th largest magnitude: k must be a whole number from 1 to the ${count} elements; received ${k}.`,
    );
  }
  let words = arrays.map((a) => new Uint32Array(a.buffer, a.byteOffset, a.length));
  let [result, rank] = [0, k];
  for (const { shift, bits } of passes) {
    const mask = (1 << bits) - 1;
    const counts = histogram(words, shift, mask);
    let digit = mask;
    while (counts[digit]! < rank) rank -= counts[digit--]!;
    result |= digit << shift;
    if (shift > 0) words = [withDigit(words, { shift, mask, digit, count: counts[digit]! })];
  }
  return new Float32Array(Uint32Array.of(result).buffer)[0]!;
}

/** How often each digit stands in the words, the sign aside: it is above the first pass's bits. */
function histogram(words: readonly Uint32Array[], shift: number, mask: number): Int32Array {
  const counts = new Int32Array(mask + 1);
  for (const array of words) {
    for (let i = 0; i < array.length; i++) counts[(array[i]! >>> shift) & mask]!++;
  }
  return counts;
}

interface Digit {
  readonly shift: number;
  readonly mask: number;
  readonly digit: number;
  readonly count: number;
}

/** The `count` words that have a digit. */
function withDigit(words: readonly Uint32Array[], { shift, mask, digit, count }: Digit) {
  const found = new Uint32Array(count);
  let next = 0;
  for (const array of words) {
    for (let i = 0; i < array.length; i++) {
      const word = array[i]!;
      if (((word >>> shift) & mask) === digit) found[next++] = word;
    }
  }
  return found;
}
