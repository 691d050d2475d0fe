import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { PareError } from '@pare/core';
import { extract } from 'tar-stream';
import { readFailure } from '../files/read-failure.ts';
import { checkMemory } from '../images/memory-limit.ts';

/**
 * Contents of the files of a .tar.gz with the wanted base names, by base name. The others are skipped; nothing is written
 * to disk. Throws DATASET_BAD_ARCHIVE where the archive is damaged or cut off, DATASET_UNREADABLE.
 */
export async function readTarGz(
  path: string,
  wanted: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const entries = extract();
  const unpacking = pipeline(createReadStream(path), createGunzip(), entries);
  try {
    for await (const entry of entries) {
      const { name, type, size = 0 } = entry.header;
      if (type === 'file' && wanted.includes(basename(name))) {
        checkMemory(`${path}: ${name}`, size);
        files.set(basename(name), await contentOf(entry, size));
      } else {
        entry.resume();
      }
    }
    await unpacking;
    return files;
  } catch (error) {
    await unpacking.catch(() => {});
    throw error instanceof PareError ? error : damaged(path, error as NodeJS.ErrnoException);
  }
}

/** In one piece from the start: pieces that are joined later would take twice the memory. */
async function contentOf(entry: AsyncIterable<unknown>, size: number): Promise<Uint8Array> {
  const content = new Uint8Array(size);
  let at = 0;
  for await (const chunk of entry as AsyncIterable<Uint8Array>) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}

function damaged(path: string, error: NodeJS.ErrnoException): unknown {
  if (error.syscall !== undefined) return readFailure(path, error);
  return new PareError(
    'DATASET_BAD_ARCHIVE',
    `${path}: the archive is damaged or cut off (${error.message}). Get it again.`,
    { cause: error },
  );
}
