import { z } from 'zod';
import { imageOptions } from '../images/image-options.ts';

/** Options of both data sets; `papers` are those whose mean and deviation are known. */
export const cifarOptions = <Paper extends string>(name: string, papers: readonly Paper[]) => ({
  directory: z
    .string()
    .min(1)
    .optional()
    .describe(
      `Folder with an archive of ${name} as it was published, or its unpacked files (faster); default: where "pare data fetch ${name.toLowerCase()}" puts it`,
    ),
  format: z
    .enum(['binary', 'python'])
    .optional()
    .describe('The version to read where both are there; default: the one that is there'),
  verify: z
    .boolean()
    .default(true)
    .describe('Compares with the published checksums; false takes other data in this format'),
  ...imageOptions({ augment: 'standard', normalization: 'standard', papers }),
});

/** Mean and deviation in whole steps of a byte, as Hinge has them for both data sets. */
export const hingeNormalization = {
  mean: [125.3 / 255, 123 / 255, 113.9 / 255],
  deviation: [63 / 255, 62.1 / 255, 66.7 / 255],
};

/** CIFAR-10 with deviations within images, averaged over the images: smaller than those of all pixels, and widely used. */
export const withinImages = {
  mean: [0.4914, 0.4822, 0.4465],
  deviation: [0.2023, 0.1994, 0.201],
};
