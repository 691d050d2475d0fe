import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { PareError } from '@pare/core';
import yauzl from 'yauzl';

/** Folders of headers that the C API needs; the other 250 MB of include/ are for C++ kernels. */
const headerFolders = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tsl/platform/',
  'tensorflow/include/xla/tsl/c/',
  'tensorflow/include/xla/tsl/platform/',
];

/** Where a file of the wheel goes below the target folder; undefined for what is not needed. */
function destination(name: string): string | undefined {
  if (name.endsWith('/')) return undefined;
  const library = /^tensorflow\/(libtensorflow_(?:cc|framework)\.[^/]+)$/.exec(name)?.[1];
  if (library !== undefined) return join('lib', library);
  const wanted = headerFolders.some((folder) => name.startsWith(folder)) && name.endsWith('.h');
  return wanted ? name.slice('tensorflow/'.length) : undefined;
}

/**
 * Unpacks the C libraries of a wheel into `lib/` and their headers into `include/` of a folder.
 * Streams: the largest file has 788 MB and never lies in memory.
 */
export async function unpackWheel(wheelPath: string, directory: string): Promise<void> {
  const archive = await yauzl.openPromise(wheelPath);
  try {
    for await (const entry of archive.eachEntry()) {
      const target = destination(entry.fileName);
      if (target === undefined) continue;
      const path = join(directory, target);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path));
    }
  } catch (cause) {
    throw new PareError(
      'UNPACK_FAILED',
      `Could not unpack ${wheelPath} into ${directory}: ${(cause as Error).message}. ` +
        'Check that the disk has space, then run the install again.',
      { cause },
    );
  } finally {
    archive.close();
  }
}
