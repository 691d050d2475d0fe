import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError } from '@pare/core';
import { isAbsence, readFailure } from '../files/read-failure.ts';
import type { FileHandle } from 'node:fs/promises';

/** A file that is read in pieces. */
export class LmdbFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #closed = false;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Opens the file, or `data.mdb` in the folder. Throws DATASET_FILE_NOT_FOUND, DATASET_UNREADABLE. */
  static async open(path: string): Promise<LmdbFile> {
    try {
      const isFolder = (await stat(path)).isDirectory();
      const file = isFolder ? join(path, 'data.mdb') : path;
      return new LmdbFile(file, await open(file));
    } catch (error) {
      throw openError(path, error);
    }
  }

  /** Up to `size` bytes from `at`; fewer at the end of the file. Throws DATASET_UNREADABLE, LMDB_CLOSED. */
  async read(at: number, size: number): Promise<Uint8Array> {
    if (this.#closed) throw new PareError('LMDB_CLOSED', `${this.path}: is read after close().`);
    const bytes = new Uint8Array(size);
    let length = 0;
    try {
      while (length < size) {
        const { bytesRead } = await this.#handle.read(bytes, length, size - length, at + length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
    } catch (error) {
      throw readFailure(this.path, error);
    }
    return bytes.subarray(0, length);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#handle.close();
  }
}

function openError(path: string, error: unknown): unknown {
  if (!isAbsence(error)) return readFailure(path, error);
  return new PareError(
    'DATASET_FILE_NOT_FOUND',
    `${path}: there is no LMDB file, and no folder with a data.mdb. Give the path of one.`,
    { cause: error },
  );
}
