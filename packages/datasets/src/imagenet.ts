import { resolve } from 'node:path';
import { parseOptions, provide, services } from '@pare/core';
import { z } from 'zod';
import { dataDirectory } from './files/data-directory.ts';
import { dataHint } from './files/data-hint.ts';
import { imageFileDataset } from './folder/image-file-dataset.ts';
import { cropOptions, evaluationSide, imageFileOptions } from './folder/image-file-options.ts';
import { imagenetData } from './imagenet/imagenet-data.ts';
import { imagenetManifest } from './imagenet/imagenet-manifest.ts';
import { findImagenet } from './imagenet/find-imagenet.ts';
import { closeSources, openImagenet } from './imagenet/open-imagenet.ts';
import type { Dataset, Logger } from '@pare/core';
import type { ImagenetLayout } from './imagenet/find-imagenet.ts';

/** Options of `imagenet`. */
export const imagenetOptions = z.strictObject({
  directory: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder with train and val, or with train.lmdb and val.lmdb; or one LMDB file with validation images; default: the data directory',
    ),
  format: z
    .enum(['auto', 'folder', 'lmdb'])
    .default('auto')
    .describe('"folder": class folders; "lmdb": LMDB files; "auto": what is there'),
  classes: z.int().min(2).default(1000).describe('Classes that there must be; less for a subset'),
  allowEmptyClasses: z
    .boolean()
    .default(false)
    .describe('Takes classes without images instead of stopping with an error'),
  ...cropOptions,
  ...imageFileOptions,
});

/**
 * ImageNet (ILSVRC 2012): 1,281,167 training images and, as the split "test", 50,000 validation images [224, 224, 3] in
 * 1000 classes, numbered in the order of their names. Training: a random part of 8 to 100 % of the area, resized, and flips;
 * evaluation: shorter side 256, centre. So have LCS, BiP, Hinge and DeepHoyer; LC: imageSize 227, resize 256.
 * Errors: README of this package.
 */
export async function createImagenet(
  input: z.input<typeof imagenetOptions> = {},
  log?: Logger,
): Promise<Dataset> {
  const options = parseOptions(imagenetOptions, input, { owner: 'dataset "imagenet"' });
  const directory = resolve(options.directory ?? dataDirectory('imagenet'));
  const layout = await findImagenet(directory, options.format, dataHint(imagenetManifest));
  announceMissing(directory, layout, log);
  const { classes, allowEmptyClasses } = options;
  const sources = await openImagenet(layout, { classes, allowEmptyClasses, log });
  try {
    return imageFileDataset({
      name: 'imagenet',
      classes,
      sources,
      imageSize: options.imageSize,
      resize: evaluationSide(options),
      options,
      source: `${directory} (${layout.format})`,
      log,
    });
  } catch (error) {
    await closeSources(sources);
    throw error;
  }
}

/** `imagenet` as a part of the plugin. */
export const imagenetParts = {
  imagenet: provide({
    description:
      'ImageNet (ILSVRC 2012): 1.3 million images in 1000 classes, from folders or LMDB files',
    options: imagenetOptions,
    needs: { log: services.logger },
    create: ({ options, deps }): Promise<Dataset> => createImagenet(options, deps.log),
    data: imagenetData,
  }),
};

/** Half of ImageNet is useful: its validation images are 6 GB, not 138. */
function announceMissing(directory: string, { paths }: ImagenetLayout, log?: Logger): void {
  if (!paths.train) log?.warn(`${directory}: has no training images; only evaluation is possible.`);
  if (!paths.test) log?.warn(`${directory}: has no validation images; there is no split "test".`);
}
