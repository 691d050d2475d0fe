import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PareError } from '@pare/core';
import { notPublished } from '../files/not-published.ts';
import { isReadableFile, readFailure } from '../files/read-failure.ts';
import { checkCifar } from './check-cifar.ts';
import { readTarGz } from './read-tar-gz.ts';
import type { CifarFile } from './cifar-kind.ts';
import type { CifarPlace } from './find-cifar.ts';

/** Reads one file of a version, once. */
export type CifarReader = (file: CifarFile) => Promise<Uint8Array>;

/**
 * Opens what findCifar() has found; an archive is unpacked into memory. `verify` compares with what was published: checksums of
 * the archive or of the files of the Python version, sizes of the files of the binary version.
 * Throws DATASET_CHECKSUM, DATASET_BAD_ARCHIVE, DATASET_FILE_NOT_FOUND, DATASET_UNREADABLE.
 */
export async function openCifar(place: CifarPlace, verify: boolean): Promise<CifarReader> {
  const { form, path, packed } = place;
  const names = [...form.train, ...form.test].map(({ name }) => name);
  for (const file of packed ? [path] : names.map((name) => join(path, name))) {
    if (!(await isReadableFile(file)))
      throw missing(`${file}: is missing, other files of the data set are there`);
  }
  if (verify) await compare(place);
  if (!packed) return ({ name }) => readUnpacked(join(path, name));
  const files = await readTarGz(path, names);
  return ({ name }) => {
    const bytes = files.get(name);
    // What has been read is not kept.
    files.delete(name);
    return bytes ? Promise.resolve(bytes) : Promise.reject(missing(`${path}: has no file ${name}`));
  };
}

async function compare(place: CifarPlace): Promise<void> {
  const checks = await checkCifar(place, { full: true });
  const damaged = checks.find(({ state }) => state === 'damaged');
  if (!damaged) return;
  throw notPublished(join(dirname(place.path), damaged.name), damaged.detail!);
}

async function readUnpacked(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
}

const missing = (fact: string) =>
  new PareError('DATASET_FILE_NOT_FOUND', `${fact}. Get the data set again.`);
