import { join } from 'node:path';
import { PareError } from '@pare/core';
import { sizeOf } from '../files/check-file.ts';
import { sha256 } from './checksum.ts';
import { idxFileNames } from './load-idx-images.ts';
import { readDataFile } from './read-data-file.ts';
import type { DataCheck, DataCheckOptions, FileCheck } from '@pare/core';
import type { IdxChecksums, IdxFile } from './load-idx-images.ts';

/** Looks at the four files of a directory, under any of the names that they may have. */
export async function checkIdxFiles(
  directory: string,
  checksums: IdxChecksums,
  { full = false }: Pick<DataCheckOptions, 'full'> = {},
): Promise<DataCheck> {
  const files: FileCheck[] = [];
  for (const file of Object.keys(checksums) as IdxFile[]) {
    files.push(await checkIdxFile(directory, file, full ? checksums[file] : undefined));
  }
  return { directory, files };
}

async function checkIdxFile(
  directory: string,
  file: IdxFile,
  checksum: string | undefined,
): Promise<FileCheck> {
  for (const name of idxFileNames(file)) {
    const bytes = await sizeOf(join(directory, name));
    if (bytes === undefined) continue;
    return { name, bytes, ...(await contentState(directory, name, checksum)) };
  }
  return { name: idxFileNames(file)[0]!, state: 'missing' };
}

async function contentState(directory: string, name: string, checksum: string | undefined) {
  if (checksum === undefined) {
    return { state: 'unverified', detail: 'its content was not compared' } as const;
  }
  try {
    const { bytes } = await readDataFile({ owner: name, directory, names: [name], hint: '' });
    if (sha256(bytes) === checksum) return { state: 'ok' } as const;
    return { state: 'damaged', detail: 'has another content than was published' } as const;
  } catch (error) {
    if (!(error instanceof PareError)) throw error;
    return { state: 'damaged', detail: error.message } as const;
  }
}
