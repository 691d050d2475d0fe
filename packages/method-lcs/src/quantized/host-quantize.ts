import { PareError } from '@pare/core';
import { roundHalfToEven } from '../round-half-to-even.ts';
import { narrowest, topLevel } from './quantize.ts';
import type { HostTensor } from '@pare/core';

const { fround } = Math;

/** Least and greatest number. */
export interface HostRange {
  readonly least: number;
  readonly greatest: number;
}

/** An affine quantizer as in quantize.ts, and its zero point: the signed level that stands for 0. */
export interface HostScale {
  readonly step: number;
  readonly inverse: number;
  readonly zero: number;
  readonly first: number;
  readonly last: number;
}

/** Largest magnitude that the authors' quantizer takes. */
const largest = 1e10;

/** Least and greatest number, 0 among them. Throws LCS_QUANTIZE for NaN and numbers beyond ±1e10. `name` is for the message. */
export function hostOwnRange(data: ArrayLike<number>, name: string): HostRange {
  let [least, greatest] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (!(Math.abs(x) <= largest)) {
      throw new PareError(
        'LCS_QUANTIZE',
        `method "lcs": cannot quantize "${name}": element ${i} is ${x}; expected numbers within ±1e10. Train with a lower learning rate.`,
      );
    }
    if (x < least) least = x;
    if (x > greatest) greatest = x;
  }
  return { least, greatest };
}

/** `scaleOf` on the host, with the same roundings to float32. Throws LCS_QUANTIZE for a range without 0. */
export function hostScaleOf({ least, greatest }: HostRange, bits: number): HostScale {
  if (!(least <= 0 && greatest >= 0)) {
    throw new PareError(
      'LCS_QUANTIZE',
      `method "lcs": a quantizer needs a range that contains 0; received ${least} to ${greatest}.`,
    );
  }
  const top = topLevel(bits);
  const width = fround(greatest - least);
  const inverse = fround(top / (width > narrowest ? width : 1));
  const [lowest, highest] = [-(top + 1) / 2, (top - 1) / 2];
  const exact = roundHalfToEven(fround(lowest - fround(fround(least) * inverse)));
  const zero = Math.min(Math.max(exact, lowest), highest);
  return {
    step: fround(width / top),
    inverse,
    zero,
    first: lowest - zero,
    last: highest - zero,
  };
}

/** Added and taken away again it rounds numbers of up to 2^51 to whole ones, halves to the even one. */
const rounding = 1.5 * 2 ** 52;

/** `quantize` on the host, with the same roundings. */
export function hostQuantize(
  data: ArrayLike<number>,
  { step, inverse, first, last }: HostScale,
): Float32Array {
  const result = new Float32Array(data.length);
  // This runs over all weights at every switch. The ends are whole numbers, so that it makes no difference to clip first.
  for (let i = 0; i < result.length; i++) {
    const scaled = fround(data[i]! * inverse);
    const level = scaled < first ? first : scaled > last ? last : scaled;
    result[i] = (level + rounding - rounding) * step;
  }
  return result;
}

/** A weight at the levels of its own range. */
export function hostQuantizeWeight(weight: HostTensor, bits: number, name: string): HostTensor {
  const scale = hostScaleOf(hostOwnRange(weight.data, name), bits);
  return { ...weight, data: hostQuantize(weight.data, scale) };
}
