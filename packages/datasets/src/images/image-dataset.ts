import { PareError } from '@pare/core';
import { resolveAugmentation } from './augmentation.ts';
import { batchStream } from './batch-stream.ts';
import { imageWriters } from './image-writer.ts';
import { padImages } from './labeled-images.ts';
import { resolveNamedNormalization } from './named-normalization.ts';
import { makeSplits } from './splits.ts';
import type { Dataset, Split } from '@pare/core';
import type { ImageOptions } from './image-options.ts';
import type { LabeledImages } from './labeled-images.ts';
import type { PaperNormalizations } from './named-normalization.ts';
import type { Normalization } from './normalization.ts';

/** What a data set is made of. */
export interface ImageDatasetParts {
  readonly name: string;
  readonly classes: number;
  readonly source: string;
  readonly train: LabeledImages;
  readonly test: LabeledImages;
  readonly options: ImageOptions;
  /** What `normalization: 'standard'` means. */
  readonly standard: () => Normalization;
  /** What the names of papers mean; default: none are known. */
  readonly papers?: PaperNormalizations;
}

/** A data set whose images are kept as bytes in memory and converted batch by batch. */
export function imageDataset(parts: ImageDatasetParts): Dataset {
  const { name, classes, source, options, standard, papers = {} } = parts;
  const train = padImages(parts.train, options.pad);
  const test = padImages(parts.test, options.pad);
  const splits = makeSplits(train, test, options);
  const normalization = resolveNamedNormalization(options.normalization, {
    standard,
    papers,
    train,
  });
  const { shape } = train;
  const augmentation = resolveAugmentation(options.augment);
  const writers = imageWriters({ shape, normalization, augmentation });
  const sizes = Object.fromEntries([...splits].map(([split, { rows }]) => [split, rows.length]));
  return {
    info: { name, imageShape: shape, classes, sizes, normalization, source },
    batches: (split, batchOptions) =>
      batchStream(splits.get(split) ?? missing(name, split, sizes), writers, batchOptions),
  };
}

function missing(name: string, split: Split, sizes: object): never {
  const hint = split === 'validation' ? ' Set the option "validation" to a number of images.' : '';
  throw new PareError(
    'DATASET_NO_SPLIT',
    `${name}: has no split "${split}"; it has ${Object.keys(sizes).join(', ')}.${hint}`,
  );
}
