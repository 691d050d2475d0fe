import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileDigests } from './file-digests.ts';
import { isAbsence } from './read-failure.ts';
import type { DataCheckOptions, FileCheck } from '@pare/core';
import type { DigestName } from './file-digests.ts';
import type { PublishedFile } from './data-manifest.ts';

/** Size of a file; undefined where nothing has that name. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** Compares a file with what its publishers say of it: its size, and with `full` its checksums. */
export async function checkFile(
  directory: string,
  file: PublishedFile,
  options: DataCheckOptions = {},
): Promise<FileCheck> {
  const { name } = file;
  const path = join(directory, name);
  try {
    const bytes = await sizeOf(path);
    if (bytes === undefined) return { name, state: 'missing' };
    if (bytes !== file.bytes) {
      const detail = `has ${bytes} bytes instead of ${file.bytes}`;
      return { name, state: 'damaged', bytes, detail };
    }
    return { name, bytes, ...(await contentState(path, file, options)) };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return { name, state: 'damaged', detail: `cannot be read: ${(error as Error).message}` };
  }
}

async function contentState(path: string, file: PublishedFile, options: DataCheckOptions) {
  if (!options.full)
    return { state: 'unverified', detail: 'its content was not compared' } as const;
  const names = digestNames(file);
  if (names.length === 0) {
    return { state: 'unverified', detail: 'its publishers give no checksum' } as const;
  }
  const detail = await digestProblem(path, file, options);
  return detail === undefined
    ? ({ state: 'ok' } as const)
    : ({ state: 'damaged', detail } as const);
}

/** Which checksums the publishers of a file give. */
export const digestNames = (file: PublishedFile): DigestName[] =>
  (['md5', 'sha256'] as const).filter((name) => file[name] !== undefined);

/** How the content at a path differs from the published checksums, as a clause; undefined where it does not. */
export async function digestProblem(
  path: string,
  file: PublishedFile,
  { signal, onEvent }: Pick<DataCheckOptions, 'signal' | 'onEvent'>,
): Promise<string | undefined> {
  const names = digestNames(file);
  const digests = await fileDigests(path, names, {
    signal,
    onBytes: (done) =>
      onEvent?.({ type: 'progress', phase: 'check', file: file.name, done, total: file.bytes }),
  });
  const wrong = names.findIndex((name, i) => file[name] !== digests[i]);
  if (wrong < 0) return undefined;
  const name = names[wrong]!;
  return `has ${name === 'md5' ? 'MD5' : 'SHA-256'} ${digests[wrong]} instead of ${file[name]}`;
}
