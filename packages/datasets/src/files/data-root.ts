import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { dataDirectory } from './data-directory.ts';
import { unpackedName } from './unpack-zip.ts';
import type { DataManifest } from './data-manifest.ts';

/**
 * Folder that the names of a manifest start from: the given one, else `dataDirectory` of the data set. Where the given one
 * is itself the folder that an archive unpacks to, it is the folder around it.
 */
export function dataRoot({ dataset, files }: DataManifest, given: string | undefined): string {
  const directory = resolve(given ?? dataDirectory(dataset));
  const name = basename(directory);
  const isUnpacked = files.some((file) => file.unpack && unpackedName(file.name) === name);
  return isUnpacked && existsSync(directory) && !existsSync(join(directory, name))
    ? dirname(directory)
    : directory;
}
