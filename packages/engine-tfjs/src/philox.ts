/** Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). */

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;

/** Upper 32 bits of the product of two unsigned 32-bit numbers, as a signed one. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const cross = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle = aLow * bHigh + (cross % 0x10000);
  return (aHigh * bHigh + Math.floor(cross / 0x10000) + Math.floor(middle / 0x10000)) | 0;
}

/** Replaces the counter (four 32-bit words) by its random block under a key of two words. */
export function philoxBlock(counter: Uint32Array, key0: number, key1: number): void {
  let [a, b, c, d] = counter as unknown as [number, number, number, number];
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(multiplier0, a);
    const low0 = Math.imul(multiplier0, a);
    const high1 = multiplyHigh(multiplier1, c);
    const low1 = Math.imul(multiplier1, c);
    a = (high1 ^ b ^ k0) >>> 0;
    b = low1;
    c = (high0 ^ d ^ k1) >>> 0;
    d = low0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  counter[0] = a;
  counter[1] = b;
  counter[2] = c;
  counter[3] = d;
}

/** Fills with numbers in [0, 1) exactly as TensorFlow's StatelessRandomUniform does for an int32 seed of two words. */
export function fillUniform(seed: readonly [number, number], target: Float32Array): void {
  const signWord = (word: number) => (word < 0 ? 0xffffffff : 0);
  // TensorFlow scrambles the seed (read as two 64-bit numbers) into a key and the upper half of the counter.
  const mixed = Uint32Array.of(seed[0], signWord(seed[0]), seed[1], signWord(seed[1]));
  philoxBlock(mixed, 0x3ec8f720, 0x02461e29);
  const [key0, key1, upper0, upper1] = mixed as unknown as [number, number, number, number];
  const block = new Uint32Array(4);
  for (let start = 0; start < target.length; start += 4) {
    block[0] = start / 4;
    block[1] = 0;
    block[2] = upper0;
    block[3] = upper1;
    philoxBlock(block, key0, key1);
    const count = Math.min(4, target.length - start);
    // 23 bits become the fraction of a number in [1, 2), from which 1 is taken.
    for (let i = 0; i < count; i++) target[start + i] = (block[i]! & 0x7fffff) / 0x800000;
  }
}
