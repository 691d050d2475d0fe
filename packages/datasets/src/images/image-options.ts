import { z } from 'zod';
import { augmentOption } from './augmentation.ts';
import { namedNormalizationOption } from './named-normalization.ts';

const size = z.int().positive();

/** What data sets have by default, and the papers whose numbers they know. */
export interface ImageOptionDefaults<Paper extends string> {
  readonly augment: 'standard' | 'none';
  readonly normalization: 'standard' | 'none';
  readonly papers?: readonly Paper[];
}

/** Options that every data set of images in memory has. */
export const imageOptions = <Paper extends string = never>({
  augment,
  normalization,
  papers,
}: ImageOptionDefaults<Paper>) => ({
  augment: augmentOption(augment),
  normalization: namedNormalizationOption(normalization, papers),
  pad: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Black pixels added on every side: 2 makes 32 x 32 of 28 x 28'),
  validation: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Images held out of train as the split "validation"'),
  validationSeed: z
    .int()
    .optional()
    .describe('Holds out images chosen with this seed; without it the last ones'),
  limit: z
    .strictObject({ train: size.optional(), validation: size.optional(), test: size.optional() })
    .default({})
    .describe('Uses at most this many images of a split, the first ones'),
});

/** Defaults of data sets like MNIST: pixels as they are. */
export const plainImages = { augment: 'none', normalization: 'none' } as const;

/** What the options say, complete. */
export type ImageOptions = z.output<z.ZodObject<ReturnType<typeof imageOptions<string>>>>;
