import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseOptions } from '@pare/core';
import { fashionMnistManifest } from './fashion-mnist-manifest.ts';
import { dataDirectory } from './files/data-directory.ts';
import { dataHint } from './files/data-hint.ts';
import { fetchFiles } from './files/fetch-files.ts';
import { checkIdxFiles } from './idx/check-idx-files.ts';
import { createIdxDataset } from './idx/idx-dataset.ts';
import { idxOptions } from './idx/idx-options.ts';
import { idxFileNames } from './idx/load-idx-images.ts';
import type { DataFiles, Dataset } from '@pare/core';
import type { z } from 'zod';
import type { IdxChecksums } from './idx/load-idx-images.ts';

/** Where Debian's package dataset-fashion-mnist puts the files. */
export const debianDirectory = '/usr/share/datasets/fashion-mnist';

/** Options of `fashion-mnist`. */
export const fashionMnistOptions = idxOptions(
  `where "pare data fetch fashion-mnist" puts them, else ${debianDirectory}`,
);

/** SHA-256 of the unpacked files of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017). */
export const fashionMnistChecksums: IdxChecksums = {
  'train-images': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

/** Where the files are if a configuration does not say it: the first of both folders that has some. */
function usualDirectory(): string {
  const fetched = dataDirectory('fashion-mnist');
  const has = (directory: string) =>
    idxFileNames('train-images').some((name) => existsSync(join(directory, name)));
  return [fetched, debianDirectory].find(has) ?? fetched;
}

const checkFashionMnist: DataFiles['check'] = (options = {}) =>
  checkIdxFiles(resolve(options.directory ?? usualDirectory()), fashionMnistChecksums, options);

/** The four files, from the authors' repository; not again where Debian's package has them. */
export const fashionMnistData: DataFiles = {
  manifest: fashionMnistManifest,
  check: checkFashionMnist,
  fetch: async (options = {}) => {
    if (options.directory === undefined) {
      const found = await checkFashionMnist({ ...options, full: true });
      if (found.files.every(({ state }) => state === 'ok')) return found;
    }
    return fetchFiles(fashionMnistManifest, options);
  },
};

/** Fashion-MNIST: 60,000 and 10,000 images [28, 28, 1] of clothes, 10 classes. Errors: README of this package. */
export async function createFashionMnist(
  input: z.input<typeof fashionMnistOptions> = {},
): Promise<Dataset> {
  const options = parseOptions(fashionMnistOptions, input, { owner: 'dataset "fashion-mnist"' });
  const directory = resolve(options.directory ?? usualDirectory());
  return createIdxDataset({
    name: 'fashion-mnist',
    directory,
    checksums: options.verify ? fashionMnistChecksums : undefined,
    hint: dataHint(fashionMnistManifest),
    standard: { mean: [0.286], deviation: [0.353] },
    options,
  });
}
