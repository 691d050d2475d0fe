import { basename, resolve } from 'node:path';
import { PareError } from '@pare/core';
import { dataDirectory } from '../files/data-directory.ts';
import { findImagenet } from './find-imagenet.ts';
import { imagenetManifest } from './imagenet-manifest.ts';
import type { DataFiles, FileCheck } from '@pare/core';
import type { SplitFolders } from '../folder/split-folders.ts';

/** What there is of ImageNet; a person has to get it. */
export const imagenetData: DataFiles = {
  manifest: imagenetManifest,
  check: async (options = {}) => {
    const directory = resolve(options.directory ?? dataDirectory('imagenet'));
    const { train, test } = await findPaths(directory);
    return { directory, files: [describe(train, 'train'), describe(test, 'val')] };
  },
};

async function findPaths(directory: string): Promise<SplitFolders> {
  for (const format of ['folder', 'lmdb'] as const) {
    try {
      return (await findImagenet(directory, format, '')).paths;
    } catch (error) {
      if (!(error instanceof PareError)) throw error;
    }
  }
  return {};
}

const describe = (path: string | undefined, name: string): FileCheck =>
  path === undefined
    ? { name, state: 'missing' }
    : {
        name: basename(path),
        state: 'unverified',
        detail: 'images are not compared with anything',
      };
