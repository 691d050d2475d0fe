import { imageDataset } from '../images/image-dataset.ts';
import { loadIdxImages } from './load-idx-images.ts';
import type { Dataset } from '@pare/core';
import type { ImageOptions } from '../images/image-options.ts';
import type { Normalization } from '../images/normalization.ts';
import type { IdxChecksums } from './load-idx-images.ts';

/** A data set with the classes and files of MNIST. */
export interface IdxDatasetParts {
  readonly name: string;
  readonly directory: string;
  readonly checksums: IdxChecksums | undefined;
  readonly hint: string;
  readonly standard: Normalization;
  readonly options: ImageOptions;
}

const CLASSES = 10;

/** Loads the four files of a directory and makes a data set with 10 classes of them. */
export async function createIdxDataset(parts: IdxDatasetParts): Promise<Dataset> {
  const { name, directory, standard, options } = parts;
  const { train, test, checksums } = await loadIdxImages({ ...parts, classes: CLASSES });
  const sums = Object.entries(checksums).map(([file, sum]) => `${file} ${sum}`);
  return imageDataset({
    name,
    classes: CLASSES,
    source: `${directory} (SHA-256: ${sums.join(', ')})`,
    train,
    test,
    options,
    standard: () => standard,
  });
}
