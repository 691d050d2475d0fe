import { PareError } from '@pare/core';
import { notPublished } from '../files/not-published.ts';
import { checkLabels } from '../images/check-labels.ts';
import { sha256 } from './checksum.ts';
import { parseIdx } from './parse-idx.ts';
import { readDataFile } from './read-data-file.ts';
import type { IdxArray } from './parse-idx.ts';
import type { LabeledImages } from '../images/labeled-images.ts';

/** The four files of a data set in the format of MNIST. */
export type IdxFile = 'train-images' | 'train-labels' | 't10k-images' | 't10k-labels';

/** SHA-256 of each file's unpacked content. */
export type IdxChecksums = Readonly<Record<IdxFile, string>>;

/** Where the files are and what they must contain. */
export interface IdxSource {
  /** Of the data set, for messages. */
  readonly name: string;
  readonly directory: string;
  readonly classes: number;
  /** Undefined: any content in the right format is taken. */
  readonly checksums: IdxChecksums | undefined;
  /** Said where a file is missing: how to get it. */
  readonly hint: string;
}

/** Train and test images, and their checksums. */
export interface IdxImages {
  readonly train: LabeledImages;
  readonly test: LabeledImages;
  readonly checksums: IdxChecksums;
}

interface LoadedFile extends IdxArray {
  readonly path: string;
  readonly checksum: string;
}

/** Names a file may have: with `-` or `.` before `idx`, gzipped or not. */
export function idxFileNames(file: IdxFile): string[] {
  const rank = rankOf(file);
  const plain = [`${file}-idx${rank}-ubyte`, `${file}.idx${rank}-ubyte`];
  return [...plain, ...plain.map((name) => `${name}.gz`)];
}

const rankOf = (file: IdxFile): number => (file.endsWith('images') ? 3 : 1);

/** Loads and checks a data set in the format of MNIST. Errors are listed in the README of this package. */
export async function loadIdxImages(source: IdxSource): Promise<IdxImages> {
  const trainImages = await loadFile(source, 'train-images');
  const trainLabels = await loadFile(source, 'train-labels');
  const testImages = await loadFile(source, 't10k-images');
  const testLabels = await loadFile(source, 't10k-labels');
  const train = pairUp(trainImages, trainLabels, source.classes);
  const test = pairUp(testImages, testLabels, source.classes);
  if (String(train.shape) !== String(test.shape)) {
    throw new PareError(
      'DATASET_SHAPE_MISMATCH',
      `${testImages.path}: images must be ${train.shape.join(' x ')} as in ${trainImages.path}; they are ${test.shape.join(' x ')}.`,
    );
  }
  const checksums = {
    'train-images': trainImages.checksum,
    'train-labels': trainLabels.checksum,
    't10k-images': testImages.checksum,
    't10k-labels': testLabels.checksum,
  };
  return { train, test, checksums };
}

async function loadFile(source: IdxSource, file: IdxFile): Promise<LoadedFile> {
  const { name: owner, directory, hint } = source;
  const { path, bytes } = await readDataFile({ owner, directory, names: idxFileNames(file), hint });
  // The format comes first: "truncated" says more than "another checksum".
  const array = parseIdx(bytes, rankOf(file), path);
  const checksum = sha256(bytes);
  const published = source.checksums?.[file];
  if (published !== undefined && checksum !== published) {
    throw notPublished(path, `its content has SHA-256 ${checksum} instead of ${published}`);
  }
  return { ...array, path, checksum };
}

function pairUp(images: LoadedFile, labels: LoadedFile, classes: number): LabeledImages {
  const [count, height, width] = images.shape as [number, number, number];
  if (labels.shape[0] !== count) {
    throw new PareError(
      'DATASET_COUNT_MISMATCH',
      `${images.path} has ${count} images, but ${labels.path} has ${labels.shape[0]} labels. Take both from the same data set.`,
    );
  }
  if (count * height * width === 0) {
    throw new PareError(
      'DATASET_EMPTY',
      `${images.path}: needs at least one image of one pixel; received ${count} of ${height} x ${width}.`,
    );
  }
  checkLabels(labels.data, [0, classes - 1], labels.path);
  return { images: images.data, labels: Int32Array.from(labels.data), shape: [height, width, 1] };
}
