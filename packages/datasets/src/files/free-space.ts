import { statfs } from 'node:fs/promises';
import { PareError } from '@pare/core';
import { formatSize } from './format-size.ts';

/** Throws DISK_FULL where fewer bytes are free than will be written. A system that cannot say is not asked again. */
export async function requireSpace(directory: string, bytes: number, what: string): Promise<void> {
  const free = await statfs(directory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Infinity,
  );
  if (bytes <= free) return;
  throw new PareError(
    'DISK_FULL',
    `${directory}: ${what} needs ${formatSize(bytes)}, but ${formatSize(free)} are free. Free some space, or choose another directory (--directory).`,
  );
}
