type Word4 = readonly [number, number, number, number];
type Word2 = readonly [number, number];

const mask = 0xffffffffn;

function multiply(a: number, b: number): { high: number; low: number } {
  const product = BigInt(a) * BigInt(b);
  return { high: Number(product >> 32n), low: Number(product & mask) };
}

/** Philox 4x32-10 (Salmon et al. 2011): four random words from a counter of four words and a key of two, all unsigned. */
export function philox(counter: Word4, key: Word2): Word4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const first = multiply(0xd2511f53, c0);
    const second = multiply(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [
      (second.high ^ c1 ^ k0) >>> 0,
      second.low,
      (first.high ^ c3 ^ k1) >>> 0,
      first.low,
    ];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/**
 * `count` numbers in [0, 1) from an int32 seed of two words, bit for bit those of TensorFlow's StatelessRandomUniform:
 * the seed (each word sign-extended to 64 bits) is scrambled by one Philox block into key and counter; each word of
 * the following blocks gives one number from its 23 low bits.
 */
export function philoxUniform(seed: readonly [number, number], count: number): Float64Array {
  const [a, b] = seed;
  const words: Word4 = [a >>> 0, a < 0 ? 0xffffffff : 0, b >>> 0, b < 0 ? 0xffffffff : 0];
  const [k0, k1, c2, c3] = philox(words, [0x3ec8f720, 0x02461e29]);
  const result = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // The block number never needs more than one word here, so no carry into c2 can happen.
    const block = philox([Math.floor(i / 4), 0, c2, c3], [k0, k1]);
    result[i] = (block[i % 4]! & 0x7fffff) / 0x800000;
  }
  return result;
}
