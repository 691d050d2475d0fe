import { PareError } from '@pare/core';
import { LmdbPage } from './lmdb-page.ts';
import type { LmdbFile } from './lmdb-file.ts';
import type { LmdbMeta } from './lmdb-meta.ts';

const HEADER = 16;

/** Branch pages that are kept, in bytes: enough for those of some million entries. */
const CACHE_BYTES = 4 * 2 ** 20;

/** Reads pages and keeps those branches that were used last. */
export class PageStore {
  readonly #file: LmdbFile;
  readonly #meta: LmdbMeta;
  /** In order of use, the last one last. */
  readonly #branches = new Map<number, LmdbPage>();

  constructor(file: LmdbFile, meta: LmdbMeta) {
    this.#file = file;
    this.#meta = meta;
  }

  /** A page of the tree that must be a branch, or a leaf. Throws LMDB_TRUNCATED, LMDB_DAMAGED. */
  async page(number: number, kind: 'branch' | 'leaf'): Promise<LmdbPage> {
    const page = this.#branches.get(number) ?? (await this.#read(number, this.#meta.pageSize));
    if (page.kind !== kind) throw page.damaged(`it must be a ${kind}, and is ${page.kind}`);
    if (kind === 'branch') {
      if (page.count === 0) throw page.damaged('it is a branch without keys');
      this.#keep(number, page);
    }
    return page;
  }

  /** A value that has pages of its own; memory of its own. Throws LMDB_TRUNCATED, LMDB_DAMAGED. */
  async overflow(number: number, size: number): Promise<Uint8Array> {
    const { pageSize } = this.#meta;
    const bytes = await this.#bytes(number, HEADER + size);
    const page = new LmdbPage(bytes, number, this.#file.path);
    if (page.kind !== 'overflow') throw page.damaged(`it must hold a value, and is a ${page.kind}`);
    if (HEADER + size > page.overflowPages() * pageSize) {
      throw page.damaged(`${page.overflowPages()} pages cannot hold a value of ${size} bytes`);
    }
    return bytes.subarray(HEADER);
  }

  async #read(number: number, size: number): Promise<LmdbPage> {
    return new LmdbPage(await this.#bytes(number, size), number, this.#file.path);
  }

  async #bytes(number: number, size: number): Promise<Uint8Array> {
    const { pageSize, lastPage } = this.#meta;
    const { path } = this.#file;
    const last = number + Math.ceil(size / pageSize) - 1;
    if (last > lastPage) {
      throw new PareError(
        'LMDB_DAMAGED',
        `${path}: leads to page ${last}; the last one is ${lastPage}. Get the file again.`,
      );
    }
    const bytes = await this.#file.read(number * pageSize, size);
    if (bytes.length === size) return bytes;
    throw new PareError(
      'LMDB_TRUNCATED',
      `${path}: needs ${size} bytes at byte ${number * pageSize} (page ${number}); ${bytes.length} are there. The file is cut off: get it again.`,
    );
  }

  #keep(number: number, page: LmdbPage): void {
    this.#branches.delete(number);
    this.#branches.set(number, page);
    if (this.#branches.size * this.#meta.pageSize <= CACHE_BYTES) return;
    const oldest = this.#branches.keys().next().value!;
    this.#branches.delete(oldest);
  }
}
