import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { PareError, parseOptions } from '@pare/core';
import { createIdxDataset } from './idx/idx-dataset.ts';
import { idxOptions } from './idx/idx-options.ts';
import type { Dataset } from '@pare/core';
import type { z } from 'zod';
import type { IdxChecksums } from './idx/load-idx-images.ts';

/** Where Debian's package dataset-fashion-mnist puts the files. */
export const debianDirectory = '/usr/share/datasets/fashion-mnist';

/** Options of `fashion-mnist`. */
export const fashionMnistOptions = idxOptions(debianDirectory);

/** SHA-256 of the unpacked files of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017). */
export const fashionMnistChecksums: IdxChecksums = {
  'train-images': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

const hint =
  'Three ways to get them: Debian and Ubuntu: apt-get install dataset-fashion-mnist; ' +
  'or set "directory" to a folder with the four IDX files of Fashion-MNIST, gzipped or not; ' +
  "or download them: fetchFashionMnist({ directory }) from '@pare/datasets', then set that directory.";

/** Fashion-MNIST: 60,000 and 10,000 images [28, 28, 1] of clothes, 10 classes. Errors: README of this package. */
export async function createFashionMnist(
  input: z.input<typeof fashionMnistOptions> = {},
): Promise<Dataset> {
  const options = parseOptions(fashionMnistOptions, input, { owner: 'dataset "fashion-mnist"' });
  const directory = resolve(options.directory ?? debianDirectory);
  if (!existsSync(directory)) {
    throw new PareError(
      'DATASET_FILE_NOT_FOUND',
      `fashion-mnist: the directory ${directory} does not exist. ${hint}`,
    );
  }
  return createIdxDataset({
    name: 'fashion-mnist',
    directory,
    checksums: options.verify ? fashionMnistChecksums : undefined,
    hint,
    standard: { mean: [0.286], deviation: [0.353] },
    options,
  });
}
