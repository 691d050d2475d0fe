import { PareError } from '@pare/core';
import { batchStream } from './batch-stream.ts';
import { padImages } from './labeled-images.ts';
import { pixelTables, resolveNormalization } from './normalization.ts';
import { makeSplits } from './splits.ts';
import type { Dataset, Split } from '@pare/core';
import type { ImageOptions } from './image-options.ts';
import type { LabeledImages } from './labeled-images.ts';
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
}

/** A data set whose images are kept as bytes in memory and converted batch by batch. */
export function imageDataset(parts: ImageDatasetParts): Dataset {
  const { name, classes, source, options } = parts;
  const train = padImages(parts.train, options.pad);
  const test = padImages(parts.test, options.pad);
  const splits = makeSplits(train, test, options);
  const normalization = resolveNormalization(options.normalization, train.shape[2], parts.standard);
  const tables = pixelTables(normalization);
  const sizes = Object.fromEntries([...splits].map(([split, { rows }]) => [split, rows.length]));
  return {
    info: { name, imageShape: train.shape, classes, sizes, normalization, source },
    batches: (split, batchOptions) =>
      batchStream(splits.get(split) ?? missing(name, split, sizes), tables, batchOptions),
  };
}

function missing(name: string, split: Split, sizes: object): never {
  const hint = split === 'validation' ? ' Set the option "validation" to a number of images.' : '';
  throw new PareError(
    'DATASET_NO_SPLIT',
    `${name}: has no split "${split}"; it has ${Object.keys(sizes).join(', ')}.${hint}`,
  );
}
