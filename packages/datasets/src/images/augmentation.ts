import { z } from 'zod';
import type { Random } from '@pare/core';

/** What happens to an image of a pass with a seed. */
export interface Augmentation {
  /** Pixels added on every side before a part of the image's own size is cut out; 0: no crop. */
  readonly padding: number;
  /** `black`: pixels of value 0 are added; `mean`: zeros after normalisation. */
  readonly fill: 'black' | 'mean';
  /** Half of the images are mirrored. */
  readonly flip: boolean;
}

/** Where a crop lies and whether it is mirrored. */
export interface Placement {
  /** First row and column of the crop in the image, from -padding to padding. */
  readonly top: number;
  readonly left: number;
  readonly flip: boolean;
}

/** The usual augmentation of CIFAR (He et al. 2016, section 4.2). */
const standard: Augmentation = { padding: 4, fill: 'black', flip: true };

const cropOption = z
  .strictObject({
    padding: z.int().positive().default(4).describe('Pixels added on every side before the crop'),
    fill: z
      .enum(['black', 'mean'])
      .default('black')
      .describe('"black": added pixels are 0; "mean": they are 0 after normalisation'),
  })
  .optional()
  .describe('Random part of the padded image, of the size of the image');

/** Option `augment` with its default. */
export const augmentOption = (otherwise: 'standard' | 'none') =>
  z
    .union([
      z.enum(['standard', 'none']),
      z.strictObject({
        crop: cropOption,
        flip: z.boolean().default(false).describe('Mirrors half of the images'),
      }),
    ])
    .default(otherwise)
    .describe(
      'What is done to images of shuffled passes. "standard": 4 black pixels around, a random crop, half of them mirrored; "none"; or { crop: { padding, fill }, flip }',
    );

/** What an option `augment` says; undefined: nothing is done. */
export function resolveAugmentation(
  option: z.output<ReturnType<typeof augmentOption>>,
): Augmentation | undefined {
  if (option === 'none') return undefined;
  if (option === 'standard') return standard;
  const { crop = { padding: 0, fill: 'black' }, flip } = option;
  return crop.padding > 0 || flip ? { ...crop, flip } : undefined;
}

/** Draws rows, columns and mirroring, uniform and independent. */
export function drawPlacement({ padding, flip }: Augmentation, random: Random): Placement {
  const offset = () => random.integer(2 * padding + 1) - padding;
  return { top: offset(), left: offset(), flip: flip && random.integer(2) === 1 };
}
