import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError } from '@pare/core';
import { isAbsence, readFailure } from '../files/read-failure.ts';
import { byCodePoint } from './code-point-order.ts';
import { isImageName } from './image-name.ts';
import type { Dirent } from 'node:fs';

/** A folder that a listing found. */
export interface FoundFolder {
  readonly name: string;
  /** Whether it is reached through a symbolic link. */
  readonly linked: boolean;
}

/** What a folder contains, sorted by code point; hidden entries are left out, symbolic links count as what they point to. */
export interface FolderListing {
  readonly folders: readonly FoundFolder[];
  /** Names of image files. */
  readonly images: readonly string[];
  /** Names of everything else. */
  readonly others: readonly string[];
}

/** Lists one folder; `advice` ends the message where it is missing. Throws DATASET_DIRECTORY_NOT_FOUND, DATASET_UNREADABLE, DATASET_BROKEN_LINK. */
export async function listFolder(path: string, advice?: string): Promise<FolderListing> {
  const listing = { folders: [] as FoundFolder[], images: [] as string[], others: [] as string[] };
  for (const entry of await readEntries(path, advice)) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    const kind = entry.isSymbolicLink() ? await targetKind(join(path, name)) : entry;
    if (kind?.isDirectory()) listing.folders.push({ name, linked: entry.isSymbolicLink() });
    else if (kind?.isFile() && isImageName(name)) listing.images.push(name);
    else listing.others.push(name);
  }
  listing.folders.sort((a, b) => byCodePoint(a.name, b.name));
  listing.images.sort(byCodePoint);
  listing.others.sort(byCodePoint);
  return listing;
}

/** Path without symbolic links. Throws DATASET_UNREADABLE. */
export const realPath = (path: string): Promise<string> => orExplain(path, realpath(path));

const readEntries = (path: string, advice?: string): Promise<Dirent[]> =>
  orExplain(path, readdir(path, { withFileTypes: true }), advice);

/** What a link points to; undefined where it points to nothing and its name is not that of an image. */
async function targetKind(
  path: string,
): Promise<Pick<Dirent, 'isDirectory' | 'isFile'> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw explained(path, error);
    if (!isImageName(path)) return undefined;
    throw new PareError(
      'DATASET_BROKEN_LINK',
      `${path}: is a symbolic link to a file that is not there. Bring the file back, or delete the link.`,
      { cause: error },
    );
  }
}

async function orExplain<T>(path: string, result: Promise<T>, advice?: string): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw explained(path, error, advice);
  }
}

function explained(path: string, error: unknown, advice = 'Check the path.'): unknown {
  if (!isAbsence(error)) return readFailure(path, error);
  const { code } = error as NodeJS.ErrnoException;
  const what = code === 'ENOENT' ? 'there is no such folder' : 'is a file; expected a folder';
  return new PareError('DATASET_DIRECTORY_NOT_FOUND', `${path}: ${what}. ${advice}`, {
    cause: error,
  });
}
