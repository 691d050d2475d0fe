import { PareError } from '@pare/core';
import { LmdbFile } from './lmdb-file.ts';
import { META_BYTES, parseMeta } from './lmdb-meta.ts';
import { PageStore } from './page-store.ts';
import type { LmdbMeta } from './lmdb-meta.ts';
import type { LmdbPage } from './lmdb-page.ts';

/** A file of keys and values that is read entry by entry. Reads may run side by side; nobody may write the file meanwhile. */
export interface LmdbReader {
  /** The file. */
  readonly path: string;
  readonly entries: number;
  /** The value in memory of its own, or undefined. Throws LMDB_UNSUPPORTED where the key names a database within the file. */
  get(key: Uint8Array): Promise<Uint8Array | undefined>;
  /** In order of bytes. */
  keys(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens an LMDB environment for reading: a file (MDB_NOSUBDIR) or a folder with `data.mdb`; data format version 1, which liblmdb 0.9 and
 * py-lmdb write on 64-bit little-endian machines. It reads single pages, and keeps few in memory, however large the file is.
 *
 * Throws DATASET_FILE_NOT_FOUND, DATASET_UNREADABLE, LMDB_BAD_MAGIC, LMDB_TRUNCATED, LMDB_UNSUPPORTED, LMDB_DAMAGED.
 */
export async function openLmdb(path: string): Promise<LmdbReader> {
  const file = await LmdbFile.open(path);
  try {
    const tree = new LmdbTree(file, await readMeta(file));
    await tree.readRoot();
    return tree;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The newer one of the two meta pages. */
async function readMeta(file: LmdbFile): Promise<LmdbMeta> {
  const first = parseMeta(await file.read(0, META_BYTES), file.path);
  const second = parseMeta(
    await file.read(first.pageSize, META_BYTES),
    `${file.path}, second page`,
  );
  return second.transaction > first.transaction ? second : first;
}

class LmdbTree implements LmdbReader {
  readonly path: string;
  readonly entries: number;
  readonly #file: LmdbFile;
  readonly #meta: LmdbMeta;
  readonly #pages: PageStore;

  constructor(file: LmdbFile, meta: LmdbMeta) {
    this.path = file.path;
    this.entries = meta.entries;
    this.#file = file;
    this.#meta = meta;
    this.#pages = new PageStore(file, meta);
  }

  /** Shows at once whether a file is cut off: the root is written late, mostly near its end. */
  async readRoot(): Promise<void> {
    const { root, depth } = this.#meta;
    if (root !== undefined) await this.#pages.page(root, depth > 1 ? 'branch' : 'leaf');
  }

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    const { root, depth } = this.#meta;
    if (root === undefined) return undefined;
    let number = root;
    for (let level = 1; level < depth; level++) {
      const branch = await this.#pages.page(number, 'branch');
      number = branch.child(childIndex(branch, key));
    }
    const leaf = await this.#pages.page(number, 'leaf');
    const index = leaf.lowerBound(key);
    if (index === leaf.count || Buffer.compare(leaf.key(index), key) !== 0) return undefined;
    return this.#value(leaf, index);
  }

  async *keys(): AsyncGenerator<Uint8Array> {
    if (this.#meta.root !== undefined) yield* this.#keysBelow(this.#meta.root, 1);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async *#keysBelow(number: number, level: number): AsyncGenerator<Uint8Array> {
    const isLeaf = level >= this.#meta.depth;
    const page = await this.#pages.page(number, isLeaf ? 'leaf' : 'branch');
    for (let i = 0; i < page.count; i++) {
      if (isLeaf) yield page.key(i).slice();
      else yield* this.#keysBelow(page.child(i), level + 1);
    }
  }

  async #value(leaf: LmdbPage, index: number): Promise<Uint8Array> {
    const value = leaf.value(index);
    if (value.kind === 'inline') return value.bytes.slice();
    if (value.kind === 'overflow') return this.#pages.overflow(value.page, value.size);
    const name = Buffer.from(leaf.key(index)).toString();
    throw new PareError(
      'LMDB_UNSUPPORTED',
      `${this.path}: "${name}" is a database within the file, which this reader does not read. Write its entries into the main database of a file.`,
    );
  }
}

/** The last key that is not larger, or the first one. */
function childIndex(branch: LmdbPage, key: Uint8Array): number {
  const index = branch.lowerBound(key, 1);
  const found = index < branch.count && Buffer.compare(branch.key(index), key) === 0;
  return found ? index : index - 1;
}
