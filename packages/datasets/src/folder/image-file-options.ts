import { z } from 'zod';
import { encodedOptions } from '../encoded/encoded-options.ts';
import { trainTransformOption } from '../encoded/transform-options.ts';
import { normalizationOption } from '../images/normalization.ts';

const size = z.int().positive();

/** Options of every data set of image files. */
export const imageFileOptions = {
  augment: z
    .union([z.enum(['none', 'standard']), trainTransformOption])
    .default('standard')
    .describe(
      'What happens to training images: "none": the same as in evaluation; "standard": as most papers have it for this data set; or details',
    ),
  normalization: normalizationOption
    .unwrap()
    .default('standard')
    .describe(
      '"standard": mean (0.485, 0.456, 0.406) and deviation (0.229, 0.224, 0.225), as for ImageNet; "none": pixels in [0, 1]; or { mean, deviation }, a number or one for each channel',
    ),
  validation: z
    .int()
    .nonnegative()
    .default(0)
    .describe('Training images held out as the split "validation"'),
  validationSeed: z.int().default(0).describe('Chooses the images that are held out'),
  limit: z
    .strictObject({ train: size.optional(), validation: size.optional(), test: size.optional() })
    .default({})
    .describe('Uses at most this many images of a split, spread evenly over the classes'),
  ...encodedOptions,
};

/** What the options say, complete. */
export type ImageFileOptions = z.output<z.ZodObject<typeof imageFileOptions>>;

/** Mean and deviation of pixels in [0, 1] of ImageNet, as all papers here have them. */
export const imagenetNormalization = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** Options of evaluation images that are cut out of larger ones. */
export const cropOptions = {
  imageSize: size
    .max(4096)
    .default(224)
    .describe('Height and width of the images that the network gets'),
  resize: size
    .optional()
    .describe(
      'Evaluation: images are scaled to this shorter side before the centre of imageSize is cut out; default: 8/7 of imageSize, 256 for 224',
    ),
};

/** Shorter side of evaluation images before their centre is cut out. */
export const evaluationSide = ({ imageSize, resize }: { imageSize: number; resize?: number }) =>
  resize ?? Math.round((imageSize * 8) / 7);
