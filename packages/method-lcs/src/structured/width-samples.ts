import type { Random } from '@pare/core';
import type { LcsSettings } from '../settings.ts';

/** A pass of a training step: a width known beforehand, or undefined: drawn in each step. */
export type WidthSample = number | undefined;

/**
 * The passes of a step, in the authors' order: lcs-l, lcs-p and us take both ends and random widths between (the sandwich rule of Yu and
 * Huang 2019), or lcs-l one random point; ns takes its list.
 */
export function widthSamples({
  variant,
  widths,
  widthSamples: count,
  sampling,
  widthList,
}: LcsSettings): readonly WidthSample[] {
  if (variant === 'ns') return widthList;
  if (variant === 'lcs-l' && sampling === 'point') return [undefined];
  return [...widths, ...Array.from({ length: count - 2 }, () => undefined)];
}

/** A random width between the ends. */
export const randomWidth = ({ widths: [from, to] }: LcsSettings, random: Random): number =>
  from + (to - from) * random.uniform();

/** The point of the line that belongs to a width: 0 at the narrow end, 1 at the wide one. */
export const alphaOf = ({ widths: [from, to] }: LcsSettings, width: number): number =>
  (width - from) / (to - from);
