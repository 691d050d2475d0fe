import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

import { directorySize, syncPath, syncTree } from './directory-tree.ts';
import type { LibraryFile, NativeLibrary, SourceName } from './native-library.ts';

/** Raised when the files of an entry change in a way that old entries cannot serve. */
const manifestFormat = 1;
const manifestName = 'native.json';
const currentName = 'current.json';

/** What an install writes down; paths inside the entry are relative, so it can be built elsewhere. */
export interface EntryManifest {
  readonly source: SourceName;
  readonly version: string;
  readonly binding: string;
  readonly libraries: readonly LibraryFile[];
}

/** Folder of all native installs of this user: PARE_CACHE_DIR, else XDG_CACHE_HOME/pare, else ~/.cache/pare. */
export function cacheDirectoryOf(env: NodeJS.ProcessEnv): string {
  const own = env.PARE_CACHE_DIR;
  if (own) return join(resolve(own), 'tensorflow');
  const shared = env.XDG_CACHE_HOME;
  // The XDG rules say that a relative path is to be ignored.
  const base = shared && isAbsolute(shared) ? shared : join(env.HOME || homedir(), '.cache');
  return join(base, 'pare', 'tensorflow');
}

/** Cache key of a version (or of the digest that stands for one) on this platform. */
export function entryKey(version: string): string {
  return `${version}-${process.platform}-${process.arch}`;
}

/** The finished entry of a key; undefined when it is missing, of another format or damaged. */
export function readEntry(cacheDirectory: string, key: string): NativeLibrary | undefined {
  const directory = join(cacheDirectory, key);
  const manifest = readJson(join(directory, manifestName));
  if (!isManifest(manifest)) return undefined;
  const libraries = manifest.libraries.map(({ path, bytes }) => ({
    path: resolve(directory, path),
    bytes,
  }));
  const bindingPath = resolve(directory, manifest.binding);
  // A size check costs microseconds and notices what really happens: a cleaned or full disk.
  const intact =
    existsSync(bindingPath) && libraries.every(({ path, bytes }) => sizeOf(path) === bytes);
  if (!intact) return undefined;
  const { source, version, bytes } = manifest;
  return { source, version, bindingPath, libraries, bytes };
}

/** The entry that the last install chose, if it is still whole. */
export function readCurrentEntry(cacheDirectory: string): NativeLibrary | undefined {
  const current = readJson(join(cacheDirectory, currentName));
  if (typeof current !== 'object' || current === null || !('key' in current)) return undefined;
  return typeof current.key === 'string' ? readEntry(cacheDirectory, current.key) : undefined;
}

/** Makes a key the one that `loadBinding` takes. */
export async function chooseEntry(cacheDirectory: string, key: string): Promise<void> {
  const partial = join(cacheDirectory, `.partial-${currentName}-${process.pid}`);
  await writeFile(partial, `${JSON.stringify({ key })}\n`);
  await syncPath(partial);
  await rename(partial, join(cacheDirectory, currentName));
  await syncPath(cacheDirectory);
}

/** A fresh folder beside the entries to build one in; leftovers of killed installs are removed. */
export async function createWorkDirectory(cacheDirectory: string, key: string): Promise<string> {
  for (const name of await readdir(cacheDirectory)) {
    if (name.startsWith('.partial-')) {
      await rm(join(cacheDirectory, name), { recursive: true, force: true });
    }
  }
  const work = join(cacheDirectory, `.partial-${key}-${process.pid}`);
  await mkdir(work);
  return work;
}

/** Turns a work folder into the entry of its key, in one rename after everything is on the disk. */
export async function commitEntry(
  cacheDirectory: string,
  key: string,
  work: string,
  manifest: EntryManifest,
): Promise<NativeLibrary> {
  const bytes = await directorySize(work);
  const record = { format: manifestFormat, bytes, ...manifest };
  await writeFile(join(work, manifestName), `${JSON.stringify(record, null, 2)}\n`);
  await syncTree(work);
  const target = join(cacheDirectory, key);
  const replaced = `${work}-replaced`;
  if (existsSync(target)) await rename(target, replaced);
  await rename(work, target);
  await syncPath(cacheDirectory);
  await rm(replaced, { recursive: true, force: true });
  const library = readEntry(cacheDirectory, key);
  if (library === undefined) throw new Error(`The new entry ${target} cannot be read back`);
  return library;
}

function isManifest(value: unknown): value is EntryManifest & { readonly bytes: number } {
  if (typeof value !== 'object' || value === null) return false;
  const manifest = value as Record<string, unknown>;
  return (
    manifest.format === manifestFormat &&
    typeof manifest.binding === 'string' &&
    typeof manifest.version === 'string' &&
    typeof manifest.bytes === 'number' &&
    Array.isArray(manifest.libraries)
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Missing or cut short: both mean that there is no entry.
    return undefined;
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
