import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { PareError } from '@pare/core';
import { checkFile, sizeOf } from './check-file.ts';
import { unpackedName } from './unpack-zip.ts';
import { ZipArchive, entryPath } from './zip-archive.ts';
import type { DataCheckOptions, FileCheck } from '@pare/core';
import type { PublishedFile } from './data-manifest.ts';
import type { ZipEntry } from './zip-archive.ts';

/**
 * Looks at the folder that an archive unpacks to, and at the archive where it still is: it may be removed once it is
 * unpacked. With `full` every file of the folder is compared with the archive; files that it does not hold are ignored.
 */
export async function checkUnpacked(
  directory: string,
  file: PublishedFile,
  options: DataCheckOptions = {},
): Promise<FileCheck[]> {
  const archive = await checkFile(directory, file, options);
  const folder = await checkFolder(directory, archive, options);
  return archive.state === 'missing' ? [folder] : [archive, folder];
}

async function checkFolder(
  directory: string,
  archive: FileCheck,
  options: DataCheckOptions,
): Promise<FileCheck> {
  const name = unpackedName(archive.name);
  if ((await sizeOf(join(directory, name))) === undefined) return { name, state: 'missing' };
  if (archive.state === 'missing' || archive.state === 'damaged') {
    const detail = `its content cannot be compared: ${archive.name} is ${archive.state}`;
    return { name, state: 'unverified', detail };
  }
  if (!options.full) return { name, state: 'unverified', detail: 'its content was not compared' };
  return { name, ...(await contentState(directory, archive.name, options)) };
}

async function contentState(directory: string, archiveName: string, options: DataCheckOptions) {
  const { signal, onEvent } = options;
  const file = unpackedName(archiveName);
  try {
    await using archive = await ZipArchive.open(join(directory, archiveName), file);
    let done = 0;
    for (const entry of archive.entries) {
      signal?.throwIfAborted();
      const problem = await difference(entryPath(directory, entry), entry);
      if (problem !== undefined) return { state: 'damaged', detail: problem } as const;
      done += entry.bytes;
      onEvent?.({ type: 'progress', phase: 'check', file, done, total: archive.bytes });
    }
    return { state: 'ok', bytes: archive.bytes } as const;
  } catch (error) {
    if (!(error instanceof PareError)) throw error;
    return { state: 'unverified', detail: error.message } as const;
  }
}

async function difference(path: string, { name, bytes, crc32: sum }: ZipEntry) {
  const size = await sizeOf(path);
  if (size === undefined) return `lacks ${name}`;
  if (size !== bytes) return `${name} has ${size} bytes instead of ${bytes}`;
  let actual = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    actual = crc32(chunk, actual);
  }
  return actual === sum ? undefined : `${name} has another content than in the archive`;
}
