import { PareError } from '@pare/core';
import { BadImages } from './bad-images.ts';
import { noticePool, workersOf } from './decoder-threads.ts';
import { encodedBatches } from './encoded-batches.ts';
import { baseView, imagePlans } from './image-plan.ts';
import { checkCache, pixelCache } from './pixel-cache.ts';
import { decodingSource } from './pixel-source.ts';
import { Slots } from './slots.ts';
import { checkResize } from './view.ts';
import type { Dataset, Logger, Split } from '@pare/core';
import type { Normalization } from '../images/normalization.ts';
import type { EncodedSplit } from './encoded-batches.ts';
import type { EncodedOptions } from './encoded-options.ts';
import type { EncodedSource } from './encoded-source.ts';
import type { Transforms } from './transform-options.ts';

/** What a data set of compressed images is made of. */
export interface EncodedDatasetParts {
  readonly name: string;
  readonly classes: number;
  readonly sources: Readonly<Partial<Record<Split, EncodedSource>>>;
  /** Height, width and channels of the images that it gives. */
  readonly shape: readonly [number, number, 3];
  readonly transforms: Transforms;
  /** Mean and deviation for each channel. */
  readonly normalization: Normalization;
  readonly options: EncodedOptions;
  /** Where the data came from, for `info`. */
  readonly source: string;
  /** Told once about bad images and the like; default: nobody. */
  readonly log?: Logger;
}

/**
 * A data set whose images are decoded batch by batch, in Node's thread pool. The decoder (package sharp) is loaded with the first
 * batch. Throws DATASET_BAD_TRANSFORM, DATASET_TOO_LARGE, and where batches are made what README of this package lists.
 */
export function encodedDataset(parts: EncodedDatasetParts): Dataset {
  const { name, classes, shape, normalization, source, log } = parts;
  checkParts(parts);
  const workers = workersOf(parts.options.workers);
  const slots = new Slots(workers);
  const splits = new Map(
    Object.entries(parts.sources).map(([split, images]) => [
      split,
      makeSplit(parts, `${name} (${split})`, images, slots, workers),
    ]),
  );
  const sizes = Object.fromEntries([...splits].map(([split, { images }]) => [split, images.count]));
  let noticed = false;
  return {
    info: { name, imageShape: shape, classes, sizes, normalization, source },
    batches(split, options) {
      if (!noticed) noticePool(name, workers, log);
      noticed = true;
      return encodedBatches(splits.get(split) ?? missing(name, split, sizes), options);
    },
    async dispose() {
      await Promise.all(Object.values(parts.sources).map(async (images) => images.close?.()));
    },
  };
}

function checkParts({ name, shape, transforms, sources, options }: EncodedDatasetParts): void {
  checkResize(name, { height: shape[0], width: shape[1] }, transforms.evaluation);
  if (options.cache === 'none') return;
  if (transforms.train.crop === 'resized') {
    throw new PareError(
      'DATASET_BAD_TRANSFORM',
      `${name}: with "cache": "memory" every image is decoded once, but the crop "resized" sees other parts of it each time. Set "cache" to "none", or the crop to "padded" or "center".`,
    );
  }
  const count = Object.values(sources).reduce((sum, images) => sum + images.count, 0);
  checkCache(name, count * shape[0] * shape[1] * shape[2], options.cacheLimit);
}

function makeSplit(
  parts: EncodedDatasetParts,
  owner: string,
  source: EncodedSource,
  slots: Slots,
  workers: number,
): EncodedSplit {
  const { shape, options, log } = parts;
  const bad = new BadImages(owner, options.onBadImage, log);
  const decoded = decodingSource(source, options.jpegDecoder);
  const images =
    options.cache === 'none'
      ? decoded
      : pixelCache(decoded, {
          owner,
          shape,
          view: (image) => baseView(parts, image),
          workers,
          keepGoing: options.onBadImage === 'skip',
          log,
        });
  return {
    owner,
    images,
    bad,
    pixels: shape[0] * shape[1] * shape[2],
    plans: (seed) => imagePlans(parts, seed),
    slots,
    ahead: options.prefetch,
  };
}

function missing(name: string, split: Split, sizes: object): never {
  throw new PareError(
    'DATASET_NO_SPLIT',
    `${name}: has no split "${split}"; it has ${Object.keys(sizes).join(', ')}.`,
  );
}
