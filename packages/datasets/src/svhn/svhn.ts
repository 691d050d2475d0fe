import { resolve } from 'node:path';
import { parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { dataDirectory } from '../files/data-directory.ts';
import { dataHint } from '../files/data-hint.ts';
import { manifestData } from '../files/manifest-data.ts';
import { imageDataset } from '../images/image-dataset.ts';
import { imageOptions } from '../images/image-options.ts';
import { joinImages } from '../images/labeled-images.ts';
import { loadSvhn } from './load-svhn.ts';
import { svhnFiles, svhnManifest } from './svhn-manifest.ts';
import type { Dataset, Provision } from '@pare/core';

/** Options of `svhn`. */
export const svhnOptions = z.strictObject({
  directory: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder with train_32x32.mat and test_32x32.mat; default: where "pare data fetch svhn" puts them',
    ),
  extra: z
    .boolean()
    .default(false)
    .describe(
      'Trains on the 531,131 images of extra_32x32.mat as well; they take 1.6 GB of memory',
    ),
  verify: z
    .boolean()
    .default(true)
    .describe('Compares with the published checksums; false takes other data in this format'),
  ...imageOptions({ augment: 'none', normalization: 'standard' }),
});

/** Mean and deviation of the training images without the extra ones. */
const standard = { mean: [0.4377, 0.4438, 0.4728], deviation: [0.198, 0.201, 0.197] };

/** SVHN, cropped digits (Netzer et al. 2011): 73,257 and 26,032 images [32, 32, 3], 10 classes. Errors: README of this package. */
export async function createSvhn(input: z.input<typeof svhnOptions> = {}): Promise<Dataset> {
  const options = parseOptions(svhnOptions, input, { owner: 'dataset "svhn"' });
  const directory = resolve(options.directory ?? dataDirectory('svhn'));
  const { extra, verify } = options;
  const load = (part: keyof typeof svhnFiles) =>
    loadSvhn({ directory, file: svhnFiles[part], verify, hint: dataHint(svhnManifest) });
  const train = await load('train');
  const test = await load('test');
  return imageDataset({
    name: 'svhn',
    classes: 10,
    source: `${directory} (${verify ? 'files compared with the published ones' : 'not verified'})`,
    train: extra ? joinImages(train, await load('extra')) : train,
    test,
    options,
    standard: () => standard,
  });
}

/** The data set by its name. */
export const svhnParts: Record<string, Provision<Dataset>> = {
  svhn: provide({
    description: 'SVHN: 99,289 house numbers in photographs, cropped to digits of 32 x 32 pixels',
    options: svhnOptions,
    create: ({ options }) => createSvhn(options),
    data: manifestData(svhnManifest),
  }),
};
