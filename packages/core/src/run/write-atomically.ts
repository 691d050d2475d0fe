import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PareError } from '../errors/pare-error.ts';

/** The part of an open file that writing needs. */
export interface WritableFile {
  writeFile(data: Uint8Array | string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The file operations behind every atomic write; `node:fs/promises` fits. */
export interface FileOperations {
  open(path: string, flags: string): Promise<WritableFile>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { readonly force: boolean }): Promise<void>;
}

const nodeFiles: FileOperations = { open, rename, rm };

/**
 * Writes a file so that it is there either whole or not at all, also after a power cut: temporary file in the same folder,
 * fsync, rename, fsync of the folder. Throws DISK_FULL, NO_WRITE_ACCESS or WRITE_FAILED; what was at the path stays.
 */
export async function writeAtomically(
  path: string,
  chunks: Iterable<Uint8Array | string>,
  files: FileOperations = nodeFiles,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    await writeWhole(temporary, chunks, files);
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(path, error);
  }
  await syncFolder(folder, files);
}

async function writeWhole(
  path: string,
  chunks: Iterable<Uint8Array | string>,
  files: FileOperations,
) {
  const file = await files.open(path, 'w');
  try {
    for (const chunk of chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes new names in a folder durable. Systems that cannot sync folders (Windows) are left alone. */
export async function syncFolder(folder: string, files: FileOperations = nodeFiles): Promise<void> {
  const handle = await files.open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

/** The error for a person from what the system said while `path` was written. */
export function writeError(path: string, error: unknown): PareError {
  if (error instanceof PareError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const kept = 'What was written before is unchanged.';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PareError(
      'DISK_FULL',
      `Could not write ${path}: the disk or quota is full (${code}). ${kept} Free some space, then resume the run, or start it again where it has no checkpoint yet.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new PareError(
      'NO_WRITE_ACCESS',
      `Could not write ${path}: no permission (${code}). ${kept} Make the folder writable or choose another one.`,
      { cause: error },
    );
  }
  return new PareError('WRITE_FAILED', `Could not write ${path}: ${message}. ${kept}`, {
    cause: error,
  });
}
