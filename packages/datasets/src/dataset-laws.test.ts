import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Registry, silentLogger, services } from '@pare/core';
import { temporaryTree } from './folder/testing/temporary-tree.ts';
import plugin from './index.ts';
import { describeDataset } from './testing/describe-dataset.ts';
import { patternImage } from './testing/pattern-image.ts';
import type { TemporaryTree, TreeEntry } from './folder/testing/temporary-tree.ts';

type Files = Record<string, TreeEntry>;

/** A data set, the files that it reads, and options that it needs for them. */
interface Case {
  readonly name: string;
  readonly files?: () => Promise<Files> | Files;
  /** Instead of files of its own. */
  readonly directory?: string;
  readonly options?: Record<string, unknown>;
}

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const small = { imageSize: 8, workers: 2 };

/** An IDX file of bytes that differ from image to image. */
function idx(...shape: number[]): Buffer {
  const size = shape.reduce((a, b) => a * b);
  const words = shape.flatMap((n) => [0, 0, n >> 8, n & 255]);
  const data = Array.from({ length: size }, (_, i) => (shape.length > 1 ? (i * 31) % 251 : i % 10));
  return Buffer.from([0, 0, 8, shape.length, ...words, ...data]);
}

const idxFiles: Files = {
  'train-images-idx3-ubyte': idx(12, 28, 28),
  'train-labels-idx1-ubyte': idx(12),
  't10k-images-idx3-ubyte': idx(4, 28, 28),
  't10k-labels-idx1-ubyte': idx(4),
};

/** Images by path; `path` gets class and number. */
async function imageFiles(
  classes: number,
  each: number,
  size: number,
  path: (label: number, image: number) => string,
): Promise<Files> {
  const files: Files = {};
  for (let label = 0; label < classes; label++) {
    for (let image = 0; image < each; image++) {
      files[path(label, image)] = await patternImage(10 * label + image, size);
    }
  }
  return files;
}

async function classFolders(): Promise<Files> {
  return {
    ...(await imageFiles(3, 3, 12, (label, image) => `train/c${label}/${image}.jpg`)),
    ...(await imageFiles(3, 1, 12, (label, image) => `val/c${label}/${image}.jpg`)),
  };
}

async function tinyFiles(): Promise<Files> {
  const annotations = [0, 1, 2].map((label) => `val_${label}.JPEG\tn${label}\t0\t0\t9\t9\n`);
  return {
    'wnids.txt': 'n2\nn0\nn1\n',
    'val/val_annotations.txt': annotations.join(''),
    ...(await imageFiles(3, 3, 64, (label, i) => `train/n${label}/images/n${label}_${i}.JPEG`)),
    ...(await imageFiles(3, 1, 64, (label) => `val/images/val_${label}.JPEG`)),
  };
}

/** Six grey images each. */
function lmdbFiles(): Files {
  const bytes = brotliDecompressSync(readFileSync(fixture('imagenet/jpegs.mdb.br')));
  return { 'train.lmdb': bytes, 'val.lmdb': bytes };
}

const cases: readonly Case[] = [
  { name: 'mnist', files: () => idxFiles, options: { verify: false } },
  { name: 'fashion-mnist', files: () => idxFiles, options: { verify: false } },
  { name: 'cifar-10', directory: fixture('cifar'), options: { verify: false, format: 'binary' } },
  { name: 'cifar-10', directory: fixture('cifar'), options: { verify: false, format: 'python' } },
  { name: 'svhn', directory: fixture('svhn'), options: { verify: false, extra: true } },
  { name: 'tiny-imagenet', files: tinyFiles, options: { workers: 2 } },
  { name: 'imagenet', files: classFolders, options: { ...small, classes: 3 } },
  { name: 'imagenet', files: lmdbFiles, options: { ...small, classes: 3 } },
  { name: 'image-folder', files: classFolders, options: small },
  { name: 'synthetic', options: { imageShape: [8, 8, 2], classes: 3, train: 12, test: 4 } },
];

describe.each(cases)('$name with $options', ({ name, files, directory, options }) => {
  const run = new Registry()
    .bind(services.logger, () => silentLogger)
    .use(plugin)
    .openRun();
  let tree: TemporaryTree | undefined;
  beforeAll(async () => {
    if (files) tree = await temporaryTree(await files());
  });
  afterAll(async () => {
    await tree?.[Symbol.asyncDispose]();
    await run[Symbol.asyncDispose]();
  });

  describeDataset(name, (common) => {
    const place = tree?.root ?? directory;
    const where = place === undefined ? {} : { directory: place };
    return run.create('dataset', name, { ...where, ...options, ...common });
  });
});

test('every data set of the plugin is held to the laws', () => {
  // The archives of CIFAR-100 differ from those of CIFAR-10 in their labels only; its fixture has four training images.
  const tried = new Set([...cases.map(({ name }) => name), 'cifar-100']);
  expect([...tried].sort()).toEqual(Object.keys(plugin.provides.dataset!).sort());
});
