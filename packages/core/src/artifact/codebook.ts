/** Values with few different ones: each as a number of `width` bits, lowest bits first, into the list of different values. */
export interface CodedValues {
  readonly codes: Uint8Array;
  /** Bit patterns of the different values in order of first appearance. */
  readonly codebook: Uint32Array;
}

/** More different values than this are not worth looking for. */
const mostValues = 4096;

/** Bits of a code for so many values; none where there is only one. */
const codeWidth = (values: number): number => (values > 1 ? Math.ceil(Math.log2(values)) : 0);

/** Codes words by their codebook; undefined where there are too many different ones or nothing would be saved. */
export function codeValues(words: Uint32Array): CodedValues | undefined {
  const numbers = new Map<number, number>();
  for (const word of words) {
    if (numbers.has(word)) continue;
    if (numbers.size === mostValues) return undefined;
    numbers.set(word, numbers.size);
  }
  const width = codeWidth(numbers.size);
  const bytes = Math.ceil((words.length * width) / 8);
  if (bytes + 4 * numbers.size >= 4 * words.length) return undefined;
  const codes = new Uint8Array(bytes);
  let bit = 0;
  for (const word of words) {
    const code = numbers.get(word)!;
    for (let i = 0; i < width; i++, bit++) codes[bit >> 3]! |= ((code >> i) & 1) << (bit & 7);
  }
  return { codes, codebook: Uint32Array.from(numbers.keys()) };
}

/** Inverse of `codeValues` for `count` words; undefined where codes and codebook do not fit. */
export function decodeValues(
  { codes, codebook }: CodedValues,
  count: number,
): Uint32Array | undefined {
  const width = codeWidth(codebook.length);
  if (codes.length !== Math.ceil((count * width) / 8)) return undefined;
  const words = new Uint32Array(count);
  let bit = 0;
  for (let n = 0; n < count; n++) {
    let code = 0;
    for (let i = 0; i < width; i++, bit++) code |= ((codes[bit >> 3]! >> (bit & 7)) & 1) << i;
    if (code >= codebook.length) return undefined;
    words[n] = codebook[code]!;
  }
  return words;
}
