import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { requireSpace } from './free-space.ts';
import { ZipArchive, entryPath } from './zip-archive.ts';
import type { DataFetchOptions } from '@pare/core';
import type { ZipEntry } from './zip-archive.ts';

/** Name of the folder that an archive unpacks to. */
export const unpackedName = (archive: string): string => archive.replace(/\.zip$/i, '');

/**
 * Unpacks the zip archive `name` of a directory beside itself. The folder has its name only when it is whole; what an
 * interrupted unpacking has left is removed. Throws DATASET_BAD_ARCHIVE, DISK_FULL.
 */
export async function unpackZip(
  directory: string,
  name: string,
  { signal, onEvent }: Pick<DataFetchOptions, 'signal' | 'onEvent'> = {},
): Promise<void> {
  const folder = unpackedName(name);
  const temporary = join(directory, `.${folder}.unpacking`);
  await using archive = await ZipArchive.open(join(directory, name), folder);
  await rm(temporary, { recursive: true, force: true });
  await requireSpace(directory, archive.bytes, `unpacking ${name}`);
  try {
    await mkdir(join(temporary, folder), { recursive: true });
    let done = 0;
    const folders = new Set<string>();
    for (const entry of archive.entries) {
      signal?.throwIfAborted();
      await writeEntry(archive, entry, entryPath(temporary, entry), folders);
      done += entry.bytes;
      onEvent?.({ type: 'progress', phase: 'unpack', file: name, done, total: archive.bytes });
    }
    await rename(join(temporary, folder), join(directory, folder));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function writeEntry(
  archive: ZipArchive,
  entry: ZipEntry,
  path: string,
  folders: Set<string>,
): Promise<void> {
  const folder = dirname(path);
  if (!folders.has(folder)) await mkdir(folder, { recursive: true });
  folders.add(folder);
  // Two entries of one name would be two contents of one file.
  const file = await open(path, 'wx');
  try {
    for await (const chunk of archive.content(entry)) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}
