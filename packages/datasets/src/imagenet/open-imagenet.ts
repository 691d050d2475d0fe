import { PareError } from '@pare/core';
import { openClassFolders } from '../folder/open-class-folders.ts';
import { openImageLmdb } from '../lmdb/open-image-lmdb.ts';
import { withLabelsBelow } from './labels-below.ts';
import type { Logger, Split } from '@pare/core';
import type { EncodedSource } from '../encoded/encoded-source.ts';
import type { Sources } from '../folder/image-file-dataset.ts';
import type { SplitFolders } from '../folder/split-folders.ts';
import type { ImagenetLayout } from './find-imagenet.ts';

/** What is expected of the images. */
export interface ImagenetOpenOptions {
  readonly classes: number;
  readonly allowEmptyClasses: boolean;
  readonly log?: Logger;
}

/** Opens the images where findImagenet() found them. Throws DATASET_CLASS_COUNT and what the parts throw. */
export async function openImagenet(
  { format, paths }: ImagenetLayout,
  { classes, ...options }: ImagenetOpenOptions,
): Promise<Sources> {
  if (format === 'lmdb') return openLmdbs(paths, classes);
  const opened = await openClassFolders(paths, { ...options, advice: { flat } });
  if (opened.classes.length === classes) return opened.sources;
  throw new PareError(
    'DATASET_CLASS_COUNT',
    `${paths.train ?? paths.test}: expected ${classes} class folders, found ${opened.classes.length}. For a subset set "classes" to ${opened.classes.length}.`,
  );
}

const flat =
  'Sort the validation images into the class folders that train has: ILSVRC2012_validation_ground_truth.txt of the ' +
  'development kit has their classes, and the script valprep.sh of https://github.com/soumith/imagenetloader.torch moves them.';

/** Closes all sources that are open. */
export async function closeSources(sources: Sources): Promise<void> {
  await Promise.all(Object.values(sources).map(async (source) => source.close?.()));
}

async function openLmdbs(paths: SplitFolders, classes: number): Promise<Sources> {
  const sources: Partial<Record<Split, EncodedSource>> = {};
  try {
    for (const [split, path] of Object.entries(paths)) {
      sources[split as Split] = withLabelsBelow(classes, await openImageLmdb(path));
    }
    return sources;
  } catch (error) {
    await closeSources(sources);
    throw error;
  }
}
