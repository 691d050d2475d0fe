import { z } from 'zod';
import { imageOptions, plainImages } from '../images/image-options.ts';

/** Options of a data set that is read from IDX files; `otherwise` says where they are without `directory`. */
export const idxOptions = (otherwise: string) =>
  z.strictObject({
    directory: z
      .string()
      .min(1)
      .optional()
      .describe(`Folder with the four IDX files, gzipped or not; default: ${otherwise}`),
    verify: z
      .boolean()
      .default(true)
      .describe(
        'Checks the content against known checksums; false takes other data in this format',
      ),
    ...imageOptions(plainImages),
  });
