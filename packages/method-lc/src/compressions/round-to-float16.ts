import { PareError } from '@pare/core';

const word = new Float32Array(1);
const bits = new Uint32Array(word.buffer);

/** Added and taken off again, it leaves whole numbers, halves to even. */
const wholes = 1.5 * 2 ** 52;

/** The nearest number of half precision (IEEE 754 binary16), halves to even. Throws `FLOAT16_RANGE` beyond ±65504. */
export function roundToFloat16(x: number): number {
  word[0] = x;
  const exponent = ((bits[0]! >>> 23) & 0xff) - 127;
  // 11 significant bits; below 2^-14 the spacing stays that of 2^-14.
  const spacing = 2 ** (Math.max(exponent, -14) - 10);
  const rounded = (word[0] / spacing + wholes - wholes) * spacing;
  if (Math.abs(rounded) <= 65504) return rounded;
  throw new PareError(
    'FLOAT16_RANGE',
    `${x} does not fit half precision, which ends at 65504. Choose precision 32.`,
  );
}
