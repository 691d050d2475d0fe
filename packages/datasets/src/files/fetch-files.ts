import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError, withLock } from '@pare/core';
import { checkFile, sizeOf } from './check-file.ts';
import { checkUnpacked } from './check-unpacked.ts';
import { dataRoot } from './data-root.ts';
import { downloadFile } from './download-file.ts';
import { formatSize } from './format-size.ts';
import { requireSpace } from './free-space.ts';
import { PartFile } from './part-file.ts';
import { unpackZip, unpackedName } from './unpack-zip.ts';
import { writeFailure } from './write-failure.ts';
import type { DataCheck, DataFetchOptions, FileCheck } from '@pare/core';
import type { DataManifest, PublishedFile } from './data-manifest.ts';
import type { Pause } from './download-file.ts';

/** How the files of a manifest are got. */
export interface FetchFilesOptions extends DataFetchOptions {
  /** Waits between attempts of a download; default: 1, 2, 4, 8 seconds. */
  readonly pause?: Pause;
}

/**
 * Downloads what is missing or damaged of a data set, compares it with the published checksums, and unpacks archives. What
 * is there and right is kept; an interrupted download goes on where it stopped. Throws DOWNLOAD_FAILED,
 * DATASET_CHECKSUM, DATASET_BAD_ARCHIVE, DATASET_UNPACKED_DAMAGED, DISK_FULL, NO_WRITE_ACCESS, INTERRUPTED.
 */
export async function fetchFiles(
  manifest: DataManifest,
  options: FetchFilesOptions = {},
): Promise<DataCheck> {
  const { signal, onEvent } = options;
  const directory = dataRoot(manifest, options.directory);
  const onWait = (pid: number) =>
    onEvent?.({
      type: 'notice',
      message: `waiting for process ${pid}, which fetches to ${directory}`,
    });
  try {
    const { files, wanted } = await survey(manifest, directory, options);
    if (wanted.length === 0) return { directory, files };
    await mkdir(directory, { recursive: true });
    const lock = join(directory, '.pare-fetch.lock');
    const got = await withLock(lock, () => getFiles(manifest, directory, wanted, options), {
      onWait,
      signal,
    });
    return { directory, files: [...files, ...got] };
  } catch (error) {
    if (signal?.aborted && !(error instanceof PareError)) {
      throw new PareError('INTERRUPTED', 'Stopped. The same command goes on from there.', {
        cause: error,
      });
    }
    throw writeFailure(directory, error);
  }
}

/** Sorts files into those that are there and those to get. */
async function survey(manifest: DataManifest, directory: string, options: FetchFilesOptions) {
  const wanted: PublishedFile[] = [];
  const files: FileCheck[] = [];
  for (const file of manifest.files) {
    if (file.optional && !options.all) continue;
    const there = await whatIsThere(directory, file, options);
    if (there) files.push(...there);
    else wanted.push(file);
  }
  return { wanted, files };
}

/** The files that need not be got again; undefined where something is missing or damaged. */
async function whatIsThere(
  directory: string,
  file: PublishedFile,
  options: FetchFilesOptions,
): Promise<FileCheck[] | undefined> {
  const { signal, onEvent } = options;
  const look = { full: true, signal, onEvent };
  const found = file.unpack
    ? await checkUnpacked(directory, file, look)
    : [await checkFile(directory, file, look)];
  const folder = file.unpack ? found.at(-1)! : undefined;
  if (folder?.state === 'damaged') throw damagedFolder(directory, folder);
  const main = folder ?? found[0]!;
  if (main.state === 'missing' || main.state === 'damaged') return undefined;
  const doubt = main.state === 'unverified' ? ` (${main.detail})` : '';
  onEvent?.({ type: 'notice', message: `${main.name}: is there already${doubt}` });
  return found;
}

/** A folder may hold a person's own files, so it is not replaced. */
function damagedFolder(directory: string, { name, detail }: FileCheck): PareError {
  return new PareError(
    'DATASET_UNPACKED_DAMAGED',
    `${join(directory, name)} is not what was unpacked: ${detail}. Move the folder away, then run the same command again.`,
  );
}

async function bytesToCome(directory: string, files: readonly PublishedFile[]): Promise<number> {
  let bytes = 0;
  for (const file of files) {
    const { state } = await checkFile(directory, file);
    const part = await new PartFile(join(directory, file.name)).size();
    if (state !== 'unverified') bytes += Math.max(0, file.bytes - part);
  }
  return bytes;
}

async function getFiles(
  manifest: DataManifest,
  directory: string,
  wanted: readonly PublishedFile[],
  options: FetchFilesOptions,
): Promise<FileCheck[]> {
  await requireSpace(directory, await bytesToCome(directory, wanted), 'the download');
  const files: FileCheck[] = [];
  for (const file of wanted) files.push(...(await getFile(manifest, directory, file, options)));
  return files;
}

/** Gets one file. It is looked at again: another process may have got it while this one waited. */
async function getFile(
  { byHand }: DataManifest,
  directory: string,
  file: PublishedFile,
  options: FetchFilesOptions,
): Promise<FileCheck[]> {
  const { name, bytes } = file;
  const { signal, onEvent, pause } = options;
  const notify = (message: string) => onEvent?.({ type: 'notice', message });
  const before = await checkFile(directory, file, { full: true, signal, onEvent });
  if (before.state === 'missing' || before.state === 'damaged') {
    const url = addressOf(file, options.url);
    const again = before.state === 'damaged' ? ` ${before.detail}, so it is downloaded again;` : '';
    notify(`${name}:${again} ${formatSize(bytes)} from ${url}`);
    const advice = `Or get the data by hand: ${byHand}`;
    await downloadFile({ ...options, file, url, path: join(directory, name), pause, advice });
    notify(`${name}: downloaded and compared`);
  }
  const got: FileCheck = { name, state: 'ok', bytes };
  if (!file.unpack) return [got];
  const folder = unpackedName(name);
  if ((await sizeOf(join(directory, folder))) === undefined) {
    await unpackZip(directory, name, { signal, onEvent });
    notify(`${name}: unpacked to ${folder}; the archive may be removed`);
  }
  return [got, { name: folder, state: 'ok' }];
}

/** Address of a file, from its publishers or a mirror. Throws OPTION_ERROR where it is none. */
function addressOf({ name, url }: PublishedFile, mirror: string | undefined): string {
  const address = mirror === undefined ? url : `${mirror.replace(/\/+$/, '')}/${name}`;
  if (URL.canParse(address) && /^https?:/.test(address)) return address;
  throw new PareError(
    'OPTION_ERROR',
    `The address of a mirror must begin with http:// or https://; received "${mirror}".`,
  );
}
