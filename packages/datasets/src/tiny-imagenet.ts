import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseOptions, provide, services } from '@pare/core';
import { z } from 'zod';
import { encodedOptions } from './encoded/encoded-options.ts';
import { trainTransformOption } from './encoded/transform-options.ts';
import { dataDirectory } from './files/data-directory.ts';
import { manifestData } from './files/manifest-data.ts';
import { dataHint } from './files/data-hint.ts';
import { imageFileDataset } from './folder/image-file-dataset.ts';
import { imageFileOptions } from './folder/image-file-options.ts';
import { selectImages } from './folder/select-images.ts';
import { tinyImagenetManifest } from './tiny-imagenet/tiny-imagenet-manifest.ts';
import { halfOfEachClass } from './tiny-imagenet/half-of-each-class.ts';
import { openTinyImagenet } from './tiny-imagenet/open-tiny-imagenet.ts';
import type { Dataset, Logger } from '@pare/core';
import type { Sources } from './folder/image-file-dataset.ts';
import type { TinyImagenet } from './tiny-imagenet/open-tiny-imagenet.ts';

/** Details of an augmentation; what is left out is as in "standard". */
const details = trainTransformOption.unwrap();
const paddedDetails = details.extend({ crop: details.shape.crop.unwrap().default('padded') });

/** BiP's authors pad after normalising, so the pixels around have the mean colour. */
const augmentations = {
  standard: paddedDetails.parse({}),
  bip: paddedDetails.parse({ fill: 'mean' }),
};

/** Options of `tiny-imagenet`. */
export const tinyImagenetOptions = z.strictObject({
  directory: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder with wnids.txt, train and val, or with tiny-imagenet-200; default: the data directory',
    ),
  evaluation: z
    .enum(['validation', 'bip'])
    .default('validation')
    .describe(
      '"validation": the 10,000 validation images are the split "test"; "bip": the first half of each class, by file name, is "validation" and the other half "test"',
    ),
  ...imageFileOptions,
  augment: z
    .union([z.enum(['none', 'standard', 'bip']), paddedDetails])
    .default('standard')
    .describe(
      'What happens to training images: "standard": crops with 4 black pixels around, and flips; "bip": the same with pixels of the mean colour; "none"; or details, where what is left out is as in "standard"',
    ),
  cache: encodedOptions.cache
    .unwrap()
    .default('memory')
    .describe('"memory" decodes every image once and keeps the bytes, 1.4 GB in all; or "none"'),
});

/**
 * Tiny ImageNet (Stanford CS231n): 100,000 and 10,000 images [64, 64, 3] in 200 classes, numbered in the order of their
 * names. The test images of the archive have no labels and are not used. Errors: README of this package.
 */
export async function createTinyImagenet(
  input: z.input<typeof tinyImagenetOptions> = {},
  log?: Logger,
): Promise<Dataset> {
  const options = parseOptions(tinyImagenetOptions, input, { owner: 'dataset "tiny-imagenet"' });
  const { augment } = options;
  const directory = await findDirectory(options.directory ?? dataDirectory('tiny-imagenet'));
  const images = await openTinyImagenet(directory, dataHint(tinyImagenetManifest));
  warnIfIncomplete(images, directory, log);
  return imageFileDataset({
    name: 'tiny-imagenet',
    classes: images.classes.length,
    sources: sourcesOf(images, options.evaluation),
    imageSize: 64,
    options: {
      ...options,
      augment: typeof augment === 'string' && augment !== 'none' ? augmentations[augment] : augment,
    },
    source: directory,
    log,
  });
}

/** `tiny-imagenet` as a part of the plugin. */
export const tinyImagenetParts = {
  'tiny-imagenet': provide({
    description: 'Tiny ImageNet: 110,000 images of 64 x 64 pixels in 200 classes',
    options: tinyImagenetOptions,
    needs: { log: services.logger },
    create: ({ options, deps }): Promise<Dataset> => createTinyImagenet(options, deps.log),
    data: manifestData(tinyImagenetManifest),
  }),
};

/** The archive has all its files in a folder. */
async function findDirectory(given: string): Promise<string> {
  const inside = join(resolve(given), 'tiny-imagenet-200');
  const isFolder = await stat(inside).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return isFolder ? inside : resolve(given);
}

function sourcesOf(
  { train, validation, labels, classes }: TinyImagenet,
  evaluation: 'validation' | 'bip',
): Sources {
  if (evaluation === 'validation') return { train, test: validation };
  const { first, second } = halfOfEachClass(labels, classes.length);
  return {
    train,
    validation: selectImages(validation, first),
    test: selectImages(validation, second),
  };
}

/** What an interrupted unpacking leaves fits together, so only the numbers tell. */
function warnIfIncomplete(
  { train, validation, classes }: TinyImagenet,
  directory: string,
  log?: Logger,
): void {
  if (classes.length !== 200) return;
  if (train.count === 100_000 && validation.count === 10_000) return;
  log?.warn(
    `${directory}: has ${train.count} and ${validation.count} images; the published archive has 100000 and 10000. Training goes on with those that are there.`,
  );
}
