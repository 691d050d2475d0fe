import { open } from 'node:fs/promises';
import { PareError } from '@pare/core';

/** What a person can do about what the system says, by its code. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission (EACCES). Let this user read it and the folders that it lies in.',
  EPERM: 'no permission (EPERM). Let this user read it and the folders that it lies in.',
  EISDIR: 'it is a folder; expected a file. Move it away and get the file again.',
  ENOENT: 'it was there before and is gone. Bring it back and start again.',
  EMFILE: 'too many files are open (EMFILE). Raise the limit (ulimit -n) and start again.',
};

/** What the system said while a file or folder was read, as DATASET_UNREADABLE for a person; other errors as they are. */
export function readFailure(path: string, error: unknown): unknown {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return unreadable(path, reasons[code] ?? `${message}. Check the disk, then start again.`, error);
}

const unreadable = (path: string, reason: string, cause?: unknown) =>
  new PareError('DATASET_UNREADABLE', `${path}: cannot be read: ${reason}`, { cause });

/** Whether a file is there. Throws DATASET_UNREADABLE where it is and cannot be read, or is a folder. */
export async function isReadableFile(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    if ((await file.stat()).isFile()) return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw readFailure(path, error);
  }
  throw unreadable(path, reasons.EISDIR!);
}

/** Whether the system says that nothing has that name. */
export function isAbsence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
