import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { PareError } from '@pare/core';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** A file in an archive. */
export interface ZipEntry {
  /** Path with slashes; never absolute, never with `..`. */
  readonly name: string;
  readonly bytes: number;
  readonly crc32: number;
}

const SYMBOLIC_LINK = 0o12;

/** An open zip archive whose files all lie in one folder. */
export class ZipArchive implements AsyncDisposable {
  readonly entries: readonly ZipEntry[];
  /** Of all files, unpacked. */
  readonly bytes: number;
  readonly #path: string;
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<ZipEntry, Entry>;

  private constructor(path: string, file: ZipFile, entries: ReadonlyMap<ZipEntry, Entry>) {
    this.#path = path;
    this.#file = file;
    this.#entries = entries;
    this.entries = [...entries.keys()];
    this.bytes = this.entries.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Reads the list of files. Throws DATASET_BAD_ARCHIVE where one would lie outside `folder`, or is a link. */
  static async open(path: string, folder: string): Promise<ZipArchive> {
    let file: ZipFile | undefined;
    try {
      // yauzl refuses names that lead out of the folder that they are unpacked in.
      file = await yauzl.openPromise(path, { strictFileNames: true, autoClose: false });
      const entries = new Map<ZipEntry, Entry>();
      for await (const entry of file.eachEntry()) {
        const problem = entryProblem(entry, folder);
        if (problem !== undefined) throw new Error(problem);
        const { fileName: name, uncompressedSize: bytes } = entry;
        if (!name.endsWith('/')) entries.set({ name, bytes, crc32: entry.crc32 }, entry);
      }
      return new ZipArchive(path, file, entries);
    } catch (error) {
      file?.close();
      throw badArchive(path, error);
    }
  }

  /** The unpacked content of a file, compared with its size and CRC-32. Throws DATASET_BAD_ARCHIVE. */
  async *content(entry: ZipEntry): AsyncGenerator<Buffer> {
    let sum = 0;
    try {
      const stream = await this.#file.openReadStreamPromise(this.#entries.get(entry)!);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        sum = crc32(chunk, sum);
        yield chunk;
      }
      if (sum !== entry.crc32) throw new Error(`"${entry.name}" has another CRC-32 than listed`);
    } catch (error) {
      throw badArchive(this.#path, error);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#file.close();
    return Promise.resolve();
  }
}

function entryProblem(entry: Entry, folder: string): string | undefined {
  const { fileName } = entry;
  if (!fileName.startsWith(`${folder}/`)) return `"${fileName}" is not in the folder "${folder}"`;
  // The upper half holds the mode of a Unix file.
  const isLink = entry.externalFileAttributes >>> 28 === SYMBOLIC_LINK;
  if (isLink) return `"${fileName}" is a symbolic link`;
  return entry.isEncrypted() ? `"${fileName}" is encrypted` : undefined;
}

function badArchive(path: string, error: unknown): PareError {
  return new PareError(
    'DATASET_BAD_ARCHIVE',
    `${path}: cannot be unpacked: ${(error as Error).message}. Remove it and get it again.`,
    { cause: error },
  );
}

/** Where a file of an archive lies when it is unpacked in a directory. */
export const entryPath = (directory: string, { name }: ZipEntry): string =>
  join(directory, ...name.split('/'));
