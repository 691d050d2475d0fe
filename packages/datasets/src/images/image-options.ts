import { z } from 'zod';
import { normalizationOption } from './normalization.ts';

const size = z.int().positive();

/** Options that every data set here has. */
export const imageOptions = {
  normalization: normalizationOption,
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
};

/** What the options say, complete. */
export type ImageOptions = z.output<z.ZodObject<typeof imageOptions>>;
