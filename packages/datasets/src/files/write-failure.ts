import { PareError } from '@pare/core';

/** What the system said while something was written below a directory, as an error for a person; others as they are. */
export function writeFailure(directory: string, error: unknown): unknown {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const other = 'choose another directory (--directory)';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PareError(
      'DISK_FULL',
      `${directory}: the disk or quota is full (${code}). What was downloaded is kept. Free some space and run the same command again, or ${other}.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new PareError(
      'NO_WRITE_ACCESS',
      `${directory}: no permission to write (${code}). Make the folder writable, or ${other}.`,
      { cause: error },
    );
  }
  return new PareError('WRITE_FAILED', `${directory}: cannot be written: ${message}.`, {
    cause: error,
  });
}
