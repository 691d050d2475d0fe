import { basename, dirname, join } from 'node:path';
import { checkFile, sizeOf } from '../files/check-file.ts';
import { fileDigests } from '../files/file-digests.ts';
import type { DataCheckOptions, FileCheck } from '@pare/core';
import type { CifarFile } from './cifar-kind.ts';
import type { CifarPlace } from './find-cifar.ts';

/** Compares what findCifar() has found with what was published: the archive, or each file. */
export async function checkCifar(
  { form, packed, path }: CifarPlace,
  options: DataCheckOptions,
): Promise<FileCheck[]> {
  if (packed) return [await checkFile(dirname(path), form.archive, options)];
  const files: FileCheck[] = [];
  for (const file of [...form.train, ...form.test]) {
    files.push(await checkUnpackedFile(path, file, options));
  }
  return files;
}

/** Sizes of the files of the binary version are known, and MD5 sums of those of the Python version. */
async function checkUnpackedFile(
  directory: string,
  file: CifarFile,
  { full, signal }: DataCheckOptions,
): Promise<FileCheck> {
  const path = join(directory, file.name);
  const name = join(basename(directory), file.name);
  const bytes = await sizeOf(path);
  if (bytes === undefined) return { name, state: 'missing' };
  if (file.bytes !== undefined && bytes !== file.bytes) {
    const detail = `has ${bytes} bytes instead of ${file.bytes}`;
    return { name, state: 'damaged', bytes, detail };
  }
  if (!full) return { name, state: 'unverified', bytes, detail: 'its content was not compared' };
  if (file.md5 === undefined) {
    return { name, state: 'unverified', bytes, detail: 'only its size was compared' };
  }
  const [md5] = await fileDigests(path, ['md5'], { signal });
  if (md5 === file.md5) return { name, state: 'ok', bytes };
  return { name, state: 'damaged', bytes, detail: `has MD5 ${md5} instead of ${file.md5}` };
}
