import { PareError } from '@pare/core';
import { z } from 'zod';
import type { Random } from '@pare/core';

/** What happens to an image of a pass with a seed. */
export interface Augmentation {
  /** Pixels added on every side before a part of the image's own size is cut out; 0: no crop. */
  readonly padding: number;
  /** `black`: pixels of value 0 are added; `mean`: zeros after normalisation. */
  readonly fill: 'black' | 'mean';
  /** Share of the images that are mirrored, from 0 to 1; false: none, and nothing is drawn. */
  readonly flip: number | false;
}

/** Where a crop lies and whether it is mirrored. */
export interface Placement {
  /** First row and column of the crop in the image, from -padding to padding. */
  readonly top: number;
  readonly left: number;
  readonly flip: boolean;
}

/** What is said of an augmentation in detail, in the words of data sets of image files; defaults are those of "standard". */
const details = z.strictObject({
  crop: z
    .enum(['padded', 'center'])
    .default('padded')
    .describe(
      '"padded": pixels are added around, then a random part of the size of the image is taken; "center": the image as it is',
    ),
  padding: z.int().nonnegative().default(4).describe('"padded": pixels added on every side'),
  fill: z
    .enum(['black', 'mean'])
    .default('black')
    .describe('"padded": added pixels are 0, or 0 after normalisation'),
  flip: z.number().min(0).max(1).default(0.5).describe('Probability of a horizontal flip'),
});

/** The usual augmentation of CIFAR (He et al. 2016, section 4.2). */
const standard = details.parse({});

/** Option `augment` with its default. */
export const augmentOption = (otherwise: 'standard' | 'none') =>
  z
    .union([z.enum(['standard', 'none']), details])
    .default(otherwise)
    .describe(
      'What is done to images of shuffled passes. "standard": 4 black pixels around, a random crop, half of them mirrored; "none"; or details, where what is left out is as in "standard"',
    );

/** What an option `augment` says; undefined: nothing is done. */
export function resolveAugmentation(
  option: z.output<ReturnType<typeof augmentOption>>,
): Augmentation | undefined {
  if (option === 'none') return undefined;
  const { crop, padding, fill, flip } = option === 'standard' ? standard : option;
  const moved = crop === 'padded' ? padding : 0;
  return moved > 0 || flip > 0 ? { padding: moved, fill, flip } : undefined;
}

/** Throws DATASET_BAD_AUGMENTATION where a crop could lie beside the image. */
export function checkPadding(padding: number, height: number, width: number): void {
  const side = Math.min(height, width);
  if (padding < side) return;
  throw new PareError(
    'DATASET_BAD_AUGMENTATION',
    `augment: padding must be smaller than the images, ${height} x ${width}, or crops show nothing of them; received ${padding}. Set it to ${side - 1} or less.`,
  );
}

/** Draws rows, columns and mirroring, uniform and independent. */
export function drawPlacement({ padding, flip }: Augmentation, random: Random): Placement {
  const offset = () => random.integer(2 * padding + 1) - padding;
  return { top: offset(), left: offset(), flip: flip !== false && random.uniform() < flip };
}
