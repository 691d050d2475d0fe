import { join } from 'node:path';
import { PareError } from '@pare/core';
import { checkFile } from '../files/check-file.ts';
import { missingFiles } from '../files/missing-files.ts';
import { notPublished } from '../files/not-published.ts';
import { isReadableFile } from '../files/read-failure.ts';
import { checkLabels } from '../images/check-labels.ts';
import { readMat } from './read-mat.ts';
import { imagesInRows } from './images-in-rows.ts';
import type { PublishedFile } from '../files/data-manifest.ts';
import type { LabeledImages } from '../images/labeled-images.ts';
import type { MatArray } from './mat-array.ts';

/** Where a file is, whether its checksum is compared, and what a person does where it is missing. */
export interface SvhnFile {
  readonly directory: string;
  readonly file: PublishedFile;
  readonly verify: boolean;
  readonly hint: string;
}

/**
 * Loads the images "X" [32, 32, 3, count] and labels "y" of one file; the digit 0 has the label 10 there, here 0.
 * Throws DATASET_FILE_NOT_FOUND, DATASET_UNREADABLE, DATASET_CHECKSUM, SVHN_BAD_ARRAY, DATASET_COUNT_MISMATCH, DATASET_LABEL_RANGE,
 * DATASET_EMPTY, and what readMat() throws.
 */
export async function loadSvhn({
  directory,
  file,
  verify,
  hint,
}: SvhnFile): Promise<LabeledImages> {
  const path = join(directory, file.name);
  if (!(await isReadableFile(path))) {
    throw await missingFiles({ owner: 'svhn', directory, names: [file.name], hint });
  }
  if (verify) await compare(directory, file);
  const arrays = await readMat(path);
  const images = imagesInRows(arrays.get('X'), path);
  const labels = digitsOf(arrays.get('y'), path);
  if (images.length === labels.length * 3072) return { images, labels, shape: [32, 32, 3] };
  throw new PareError(
    'DATASET_COUNT_MISMATCH',
    `${path}: has ${images.length / 3072} images, but ${labels.length} labels. Get it again.`,
  );
}

async function compare(directory: string, file: PublishedFile): Promise<void> {
  const { state, detail } = await checkFile(directory, file, { full: true });
  if (state !== 'ok') throw notPublished(join(directory, file.name), detail!);
}

function digitsOf(y: MatArray | undefined, path: string): Int32Array {
  if (!y) throw new PareError('SVHN_BAD_ARRAY', `${path}: has no labels "y". Get it again.`);
  const labels = Int32Array.from(y.values);
  if (labels.length === 0) throw new PareError('DATASET_EMPTY', `${path}: has no images.`);
  checkLabels(y.values, [1, 10], path, 'The digit 0 must have the label 10. Get the file again.');
  return labels.map((label) => label % 10);
}
