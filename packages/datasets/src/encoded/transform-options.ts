import { z } from 'zod';

const strength = z.number().nonnegative().default(0);
const range = (number: z.ZodNumber) =>
  z
    .tuple([number, number])
    .refine(([least, most]) => least <= most, { error: 'the first number must not be the larger' });

/** Option: what happens to an image of a pass with a seed. */
export const trainTransformOption = z
  .strictObject({
    crop: z
      .enum(['resized', 'padded', 'center'])
      .default('resized')
      .describe(
        '"resized": a random part, scaled to the image shape; "center": as in evaluation; "padded": the same with pixels added around, then a random part',
      ),
    area: range(z.number().positive().max(1))
      .default([0.08, 1])
      .describe('"resized": share of the area that a part has'),
    ratio: range(z.number().positive())
      .default([3 / 4, 4 / 3])
      .describe('"resized": width / height of a part, drawn on a logarithmic scale'),
    padding: z.int().nonnegative().default(4).describe('"padded": pixels added on every side'),
    fill: z
      .enum(['black', 'mean'])
      .default('black')
      .describe('"padded": added pixels are 0, or 0 after normalisation'),
    flip: z.number().min(0).max(1).default(0.5).describe('Probability of a horizontal flip'),
    brightness: strength.describe('Brightness is multiplied by a number from 1 ± this'),
    contrast: strength.describe('Contrast is multiplied by a number from 1 ± this'),
    saturation: strength.describe('Saturation is multiplied by a number from 1 ± this'),
    lighting: strength.describe('Deviation of the PCA lighting of AlexNet; it had 0.1'),
  })
  .prefault({});

/** Option: what happens to an image of a pass in order. */
export const evaluationTransformOption = z
  .strictObject({
    resize: z
      .int()
      .positive()
      .optional()
      .describe(
        'Shorter side before the centre of the image shape is cut out; without it images are scaled to cover the image shape',
      ),
  })
  .prefault({});

/** Option: transforms of both kinds of passes. */
export const transformsOption = z
  .strictObject({ train: trainTransformOption, evaluation: evaluationTransformOption })
  .prefault({})
  .describe('What is done to images before they are normalised');

export type TrainTransform = z.output<typeof trainTransformOption>;
export type EvaluationTransform = z.output<typeof evaluationTransformOption>;
export type Transforms = z.output<typeof transformsOption>;
