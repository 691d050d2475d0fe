import { resolve } from 'node:path';
import { PareError, parseOptions, provide, services } from '@pare/core';
import { z } from 'zod';
import { imageFileDataset } from './folder/image-file-dataset.ts';
import { cropOptions, evaluationSide, imageFileOptions } from './folder/image-file-options.ts';
import { listFolder } from './folder/list-folder.ts';
import { openClassFolders } from './folder/open-class-folders.ts';
import { describeListing, findSplitFolders } from './folder/split-folders.ts';
import type { Dataset, Logger } from '@pare/core';
import type { SplitFolders } from './folder/split-folders.ts';

/** Options of `image-folder`. */
export const imageFolderOptions = z.strictObject({
  directory: z
    .string()
    .min(1)
    .describe(
      'Folder with train, and val or test or both; each has a folder for each class. val is the split "test" where there is no folder test',
    ),
  ...cropOptions,
  allowEmptyClasses: z
    .boolean()
    .default(false)
    .describe('Takes classes without images instead of stopping with an error'),
  ...imageFileOptions,
});

/**
 * Images in class folders, `<directory>/<split>/<class>/**`: any data set of one's own. Class numbers are the places of the
 * sorted folder names of train. Errors: README of this package.
 */
export async function createImageFolder(
  input: z.input<typeof imageFolderOptions>,
  log?: Logger,
): Promise<Dataset> {
  const options = parseOptions(imageFolderOptions, input, { owner: 'dataset "image-folder"' });
  const directory = resolve(options.directory);
  const folders = await findFolders(directory, options.validation);
  const { allowEmptyClasses } = options;
  const { classes, sources } = await openClassFolders(folders, { allowEmptyClasses, log });
  return imageFileDataset({
    name: 'image-folder',
    classes: classes.length,
    sources,
    imageSize: options.imageSize,
    resize: evaluationSide(options),
    options,
    source: `${directory} (${classes.length} class folders)`,
    log,
  });
}

/** `image-folder` as a part of the plugin. */
export const imageFolderParts = {
  'image-folder': provide({
    description:
      'Images of your own in class folders: <directory>/train/<class>/..., and val or test',
    options: imageFolderOptions,
    needs: { log: services.logger },
    create: ({ options, deps }): Promise<Dataset> => createImageFolder(options, deps.log),
  }),
};

const hint =
  'Put the images of a class into <directory>/train/<class>/, and those to evaluate with into <directory>/val/<class>/.';

/** A single folder of evaluation images is the split "test": validation images are then held out of train. */
async function findFolders(directory: string, validation: number): Promise<SplitFolders> {
  const listing = await listFolder(directory);
  const folders = findSplitFolders(directory, listing);
  if (!folders.train) throw noTrainFolder(directory, describeListing(listing));
  if (folders.test) return folders;
  if (folders.validation) return { train: folders.train, test: folders.validation };
  if (validation > 0) return folders;
  throw new PareError(
    'DATASET_NO_EVALUATION',
    `${directory}: has a folder train, but no images to evaluate with; expected a folder val or test, or the option "validation" with a number of training images to hold out.`,
  );
}

const noTrainFolder = (directory: string, found: string): PareError =>
  new PareError(
    'DATASET_NO_TRAIN_FOLDER',
    `${directory}: expected a folder "train" (or "training") with a folder for each class; found ${found}. ${hint}`,
  );
