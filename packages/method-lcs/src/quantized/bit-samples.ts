import { bitsAt, pointOf } from './bit-map.ts';
import type { Random } from '@pare/core';
import type { LcsSettings } from '../settings.ts';

type BitSettings = Pick<LcsSettings, 'bits' | 'discreteBits'>;

/** A number of bits, all equally likely. */
const drawBits = ([least, greatest]: LcsSettings['bits'], random: Random): number =>
  least + random.integer(greatest - least + 1);

/** A point of the line and its bits: one of the points that stand for a number of bits, or any point from 0 to 1. */
export function samplePoint(
  { bits: range, discreteBits }: BitSettings,
  random: Random,
): { readonly alpha: number; readonly bits: number } {
  const alpha = discreteBits ? pointOf(drawBits(range, random), range) : random.uniform();
  return { alpha, bits: bitsAt(alpha, range) };
}

/** Bits of each of `count` layers, drawn one by one; the most bits until activations are quantized. */
export function sampleLayers(
  { bits: range }: BitSettings,
  { count, active }: { readonly count: number; readonly active: boolean },
  random: Random,
): number[] {
  return Array.from({ length: count }, () => (active ? drawBits(range, random) : range[1]));
}
