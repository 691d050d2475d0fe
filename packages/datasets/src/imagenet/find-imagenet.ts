import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError } from '@pare/core';
import { listFolder } from '../folder/list-folder.ts';
import { describeListing, findSplitFolders } from '../folder/split-folders.ts';
import type { FolderListing } from '../folder/list-folder.ts';
import type { SplitFolders } from '../folder/split-folders.ts';

/** How the images are stored. */
export type ImagenetFormat = 'folder' | 'lmdb';

/** Where the images of each split are: folders of class folders, or LMDB files. The validation images are the split "test". */
export interface ImagenetLayout {
  readonly format: ImagenetFormat;
  readonly paths: SplitFolders;
}

/**
 * Looks for ImageNet in a directory: train (training) and val (validation), or train.lmdb and val.lmdb; or `path` is an
 * LMDB file itself, which is taken for the validation images as in LC's validation script. Throws
 * DATASET_DIRECTORY_NOT_FOUND, DATASET_NO_IMAGES, DATASET_AMBIGUOUS_FOLDERS.
 */
export async function findImagenet(
  path: string,
  format: ImagenetFormat | 'auto',
  hint: string,
): Promise<ImagenetLayout> {
  if (format !== 'folder' && (await isLmdb(path))) return { format: 'lmdb', paths: { test: path } };
  const listing = await listFolder(path, hint);
  const { train, validation } = findSplitFolders(path, listing);
  const found = {
    folder: { ...(train && { train }), ...(validation && { test: validation }) },
    lmdb: lmdbFiles(path, listing),
  };
  const formats = (['folder', 'lmdb'] as const).filter(
    (name) => format === 'auto' || format === name,
  );
  const present = formats.filter((name) => Object.keys(found[name]).length > 0);
  if (present.length === 1) return { format: present[0]!, paths: found[present[0]!] };
  if (present.length > 1) throw ambiguous(path);
  const isOther = format !== 'auto' && Object.keys(found[otherThan[format]]).length > 0;
  const advice = isOther ? `Set "format" to "${otherThan[format]}" or leave it out.` : hint;
  throw noImages(path, formats, describeListing(listing), advice);
}

const otherThan = { folder: 'lmdb', lmdb: 'folder' } as const;

/** An LMDB environment is a file, or a folder with data.mdb. */
async function isLmdb(path: string): Promise<boolean> {
  const isFile = (name: string) =>
    stat(name).then(
      (entry) => entry.isFile(),
      () => false,
    );
  return (await isFile(path)) || (await isFile(join(path, 'data.mdb')));
}

function lmdbFiles(directory: string, { folders, others }: FolderListing): SplitFolders {
  const names = new Set([...folders.map(({ name }) => name), ...others]);
  return {
    ...(names.has('train.lmdb') && { train: join(directory, 'train.lmdb') }),
    ...(names.has('val.lmdb') && { test: join(directory, 'val.lmdb') }),
  };
}

function noImages(
  path: string,
  formats: readonly ImagenetFormat[],
  found: string,
  hint: string,
): PareError {
  const expected = {
    folder: 'folders train and val (or training and validation)',
    lmdb: 'LMDB files train.lmdb and val.lmdb',
  };
  const either = formats.map((format) => expected[format]).join(', or ');
  return new PareError('DATASET_NO_IMAGES', `${path}: expected ${either}; found ${found}. ${hint}`);
}

const ambiguous = (path: string): PareError =>
  new PareError(
    'DATASET_AMBIGUOUS_FOLDERS',
    `${path}: has class folders and LMDB files. Set "format" to "folder" or "lmdb".`,
  );
