import { access, constants, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { PareError, withLock } from '@pare/core';

import {
  chooseEntry,
  commitEntry,
  createWorkDirectory,
  readEntry,
  type EntryManifest,
} from './cache.ts';
import { formatBytes } from './format-bytes.ts';
import type { InstallContext } from './install-context.ts';
import type { NativeLibrary } from './native-library.ts';

/** How to build one entry of the cache. */
export interface EntryRecipe {
  readonly key: string;
  /** Bytes of disk that the build needs at its peak. */
  readonly neededBytes: number;
  /** Fills the work folder and proves that the result runs; what it throws is the reason of failure. */
  readonly build: (workDirectory: string) => Promise<EntryManifest>;
}

/**
 * Builds an entry unless it is there, and makes it the chosen one. Only one process builds at a
 * time; whatever happens, the entry is either whole or absent.
 */
export async function installEntry(
  context: InstallContext,
  { key, neededBytes, build }: EntryRecipe,
): Promise<NativeLibrary> {
  const { cacheDirectory, signal, report } = context;
  await makeFolder(cacheDirectory);
  const onWait = (pid: number): void => {
    report({ type: 'step', message: `Waiting for process ${pid}, which is installing too` });
  };
  return withLock(
    join(cacheDirectory, 'install.lock'),
    async () => {
      const existing = context.force ? undefined : readEntry(cacheDirectory, key);
      const library = existing ?? (await buildEntry());
      await chooseEntry(cacheDirectory, key);
      return library;
    },
    { onWait, signal },
  );

  async function buildEntry(): Promise<NativeLibrary> {
    const work = await createWorkDirectory(cacheDirectory, key);
    try {
      await requireSpace(cacheDirectory, neededBytes);
      return await commitEntry(cacheDirectory, key, work, await build(work));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
}

async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw new PareError(
      'NO_WRITE_ACCESS',
      `Cannot keep the library in ${directory}: ${(error as Error).message}. ` +
        'Set PARE_CACHE_DIR to a folder that you may write to.',
      { cause: error },
    );
  }
}

/** Bytes that this user may still write to the disk of a folder. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

async function requireSpace(directory: string, needed: number): Promise<void> {
  const free = await freeBytes(directory);
  if (free >= needed) return;
  throw new PareError(
    'DISK_FULL',
    `Not enough space in ${directory}: expected ${formatBytes(needed)} free, ` +
      `found ${formatBytes(free)}. Free some, or set PARE_CACHE_DIR to a folder on another disk.`,
  );
}
