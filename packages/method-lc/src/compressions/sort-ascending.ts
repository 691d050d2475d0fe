/** Below this many numbers the built-in sort is as fast. */
const many = 2 ** 14;

const digits = 3;
const bitsPerDigit = 11;
const buckets = 2 ** bitsPerDigit;

/**
 * The numbers ascending, in a new array; the given one is not changed. Not for NaN. Large arrays are sorted by the bits of
 * their numbers, in three passes of 11 bits (10 M numbers: four times as fast as the built-in sort).
 */
export function sortAscending(numbers: Float32Array): Float32Array {
  if (numbers.length < many) return numbers.slice().sort();
  let from = orderedWords(numbers);
  let to = new Uint32Array(from.length);
  for (let digit = 0; digit < digits; digit++) {
    moveByDigit(from, to, digit * bitsPerDigit);
    [from, to] = [to, from];
  }
  for (let i = 0; i < from.length; i++) {
    const word = from[i]!;
    from[i] = word & 0x80000000 ? word ^ 0x80000000 : ~word;
  }
  return new Float32Array(from.buffer);
}

/** Words that order as the numbers do: negative ones turned round, the others above them. */
function orderedWords(numbers: Float32Array): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(numbers.slice().buffer);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    words[i] = word & 0x80000000 ? ~word : word ^ 0x80000000;
  }
  return words;
}

/** Stable counting sort by 11 bits. */
function moveByDigit(from: Uint32Array, to: Uint32Array, shift: number): void {
  const next = new Int32Array(buckets);
  for (let i = 0; i < from.length; i++) next[(from[i]! >>> shift) & (buckets - 1)]!++;
  let begin = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const count = next[bucket]!;
    next[bucket] = begin;
    begin += count;
  }
  for (let i = 0; i < from.length; i++) {
    const word = from[i]!;
    to[next[(word >>> shift) & (buckets - 1)]!++] = word;
  }
}
