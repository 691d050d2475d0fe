import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { sizeOf } from './check-file.ts';
import type { FileHandle } from 'node:fs/promises';

/** Where the bytes of an unfinished download came from. */
export interface PartOrigin {
  readonly url: string;
  /** Strong ETag or Last-Modified of the file there, if the server gave one. */
  readonly validator?: string;
}

/** An unfinished download: `<path>.part`, and `<path>.part.json` with its origin. */
export class PartFile {
  readonly path: string;
  readonly #target: string;

  constructor(target: string) {
    this.#target = target;
    this.path = `${target}.part`;
  }

  /** Bytes that are there. */
  async size(): Promise<number> {
    return (await sizeOf(this.path)) ?? 0;
  }

  /** Undefined where it is not known. */
  async origin(): Promise<PartOrigin | undefined> {
    try {
      return JSON.parse(await readFile(this.#originPath, 'utf8')) as PartOrigin;
    } catch {
      return undefined;
    }
  }

  /** Opens for appending. */
  goOn(): Promise<FileHandle> {
    return open(this.path, 'a');
  }

  /** Opens empty for writing. */
  async startOver(origin: PartOrigin): Promise<FileHandle> {
    const file = await open(this.path, 'w');
    // The origin comes second: old bytes with a new origin would be continued wrongly.
    await writeFile(this.#originPath, JSON.stringify(origin));
    return file;
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.#originPath, { force: true });
  }

  /** Gives the file its name; under that name it is whole, whenever the process or the machine stops. */
  async finish(): Promise<void> {
    const file = await open(this.path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(this.path, this.#target);
    await rm(this.#originPath, { force: true });
  }

  get #originPath(): string {
    return `${this.path}.json`;
  }
}
