import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PareError } from '@pare/core';
import { missingFiles } from '../files/missing-files.ts';
import { isAbsence, readFailure } from '../files/read-failure.ts';
import type { MissingFiles } from '../files/missing-files.ts';

/** Content of a data file, unpacked. */
export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const unpack = promisify(gunzip);

/**
 * Reads the first of `names` that exists in the directory; gzip is recognised by its first two bytes.
 * Throws DATASET_FILE_NOT_FOUND (with `hint`), DATASET_UNREADABLE, DATASET_BAD_GZIP.
 */
export async function readDataFile(wanted: MissingFiles): Promise<DataFile> {
  for (const name of wanted.names) {
    const path = join(wanted.directory, name);
    const bytes = await readIfPresent(path);
    if (bytes) return { path, bytes: await gunzipped(path, bytes) };
  }
  throw await missingFiles(wanted);
}

async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw readFailure(path, error);
  }
}

/** The bytes themselves, or unpacked if they are gzip. Throws DATASET_BAD_GZIP. */
export async function gunzipped(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unpack(bytes);
  } catch (error) {
    throw new PareError(
      'DATASET_BAD_GZIP',
      `${path}: the gzip data is damaged (${(error as Error).message}). Get the file again.`,
      { cause: error },
    );
  }
}
