import { join } from 'node:path';
import { PareError } from '@pare/core';
import type { Split } from '@pare/core';
import type { FolderListing } from './list-folder.ts';

/** Names that a split's folder may have. */
const folderNames: Readonly<Record<Split, readonly string[]>> = {
  train: ['train', 'training'],
  validation: ['val', 'valid', 'validation'],
  test: ['test'],
};

/** Folders of the splits in a data set's directory. */
export type SplitFolders = Readonly<Partial<Record<Split, string>>>;

/**
 * Finds the folders train (training), val (valid, validation) and test in a directory's listing; those that are not there
 * are left out. Throws DATASET_AMBIGUOUS_FOLDERS.
 */
export function findSplitFolders(directory: string, listing: FolderListing): SplitFolders {
  const splits = Object.keys(folderNames) as Split[];
  const found = splits.map((split) => [split, folderOf(directory, split, listing)] as const);
  return Object.fromEntries(found.filter(([, path]) => path !== undefined));
}

function folderOf(directory: string, split: Split, { folders }: FolderListing): string | undefined {
  const found = folders.filter(({ name }) => folderNames[split].includes(name));
  if (found.length < 2) return found[0] && join(directory, found[0].name);
  const names = found.map(({ name }) => name).join(' and ');
  throw new PareError(
    'DATASET_AMBIGUOUS_FOLDERS',
    `${directory}: ${names} would both be the split "${split}". Leave one of them there.`,
  );
}

/** What a directory contains, in a few words: `the folders a, b and no files`. */
export const describeListing = ({ folders, images, others }: FolderListing): string =>
  `${few(
    'folders',
    folders.map(({ name }) => name),
  )} and ${few('files', [...images, ...others])}`;

function few(what: string, names: readonly string[]): string {
  if (names.length === 0) return `no ${what}`;
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `the ${what} ${names.slice(0, 5).join(', ')}${more}`;
}
