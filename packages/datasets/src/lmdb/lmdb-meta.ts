import { PareError } from '@pare/core';

/** What one of the two meta pages says: a committed state of the file. */
export interface LmdbMeta {
  /** Bytes. */
  readonly pageSize: number;
  /** Page of the tree's root; undefined where the tree is empty. */
  readonly root: number | undefined;
  /** Levels of the tree; 1: the root is a leaf. */
  readonly depth: number;
  readonly entries: number;
  readonly lastPage: number;
  /** Transaction that wrote it; the larger one counts. */
  readonly transaction: bigint;
}

/** Bytes of a meta page that are read: its header, and the state. */
export const META_BYTES = 152;

const MAGIC = 0xbeefc0de;
const VERSION = 1;
const NO_PAGE = 2n ** 64n - 1n;
const PAGE_HEADER = 16;
const PAGE_HEADER_32_BIT = 12;

/** Fields by their offset in the page, as liblmdb 0.9 lays them out on 64-bit machines. */
const AT = {
  version: 20,
  pageSize: 40,
  flags: 92,
  depth: 94,
  entries: 120,
  root: 128,
  lastPage: 136,
  transaction: 144,
};

const UNSUPPORTED_FLAGS: Readonly<Record<number, string>> = {
  0x02: 'keys that are ordered backwards (MDB_REVERSEKEY)',
  0x04: 'several values for a key (MDB_DUPSORT)',
  0x08: 'binary integers for keys (MDB_INTEGERKEY)',
};

/**
 * Parses the first bytes of a meta page. `file` names it in errors: LMDB_BAD_MAGIC, LMDB_TRUNCATED, LMDB_UNSUPPORTED (other versions,
 * machines and flags), LMDB_DAMAGED.
 */
export function parseMeta(bytes: Uint8Array, file: string): LmdbMeta {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < META_BYTES) {
    throw new PareError(
      'LMDB_TRUNCATED',
      `${file}: a meta page of LMDB has ${META_BYTES} bytes; ${bytes.length} are there. The file is cut off, or is no LMDB file.`,
    );
  }
  checkMagic(view, file);
  checkVersion(view.getUint32(AT.version, true), file);
  checkFlags(view.getUint16(AT.flags, true), file);
  const root = view.getBigUint64(AT.root, true);
  return {
    pageSize: checkPageSize(view.getUint32(AT.pageSize, true), file),
    root: root === NO_PAGE ? undefined : Number(root),
    depth: view.getUint16(AT.depth, true),
    entries: Number(view.getBigUint64(AT.entries, true)),
    lastPage: Number(view.getBigUint64(AT.lastPage, true)),
    transaction: view.getBigUint64(AT.transaction, true),
  };
}

function checkMagic(view: DataView, file: string): void {
  const hasMagic = (at: number, littleEndian: boolean) =>
    view.getUint32(at, littleEndian) === MAGIC;
  if (hasMagic(PAGE_HEADER, true)) return;
  if (hasMagic(PAGE_HEADER, false) || hasMagic(PAGE_HEADER_32_BIT, false)) {
    throw unsupported(file, 'written on a big-endian machine');
  }
  if (hasMagic(PAGE_HEADER_32_BIT, true)) throw unsupported(file, 'written by a 32-bit program');
  const found = view.getUint32(PAGE_HEADER).toString(16).padStart(8, '0');
  throw new PareError(
    'LMDB_BAD_MAGIC',
    `${file}: bytes 16 to 19 must be dec0efbe; they are ${found}. It is no LMDB file, or is damaged.`,
  );
}

function checkVersion(version: number, file: string): void {
  if (version === VERSION) return;
  const writer = version === 2 ? ' (the npm package lmdb writes it)' : '';
  throw unsupported(file, `in version ${version} of the data format${writer}, not ${VERSION}`);
}

function checkFlags(flags: number, file: string): void {
  for (const [flag, meaning] of Object.entries(UNSUPPORTED_FLAGS)) {
    if (flags & Number(flag)) throw unsupported(file, `made for ${meaning}`);
  }
}

function checkPageSize(size: number, file: string): number {
  if (size >= 4096 && size <= 65536 && (size & (size - 1)) === 0) return size;
  throw new PareError(
    'LMDB_DAMAGED',
    `${file}: the page size must be a power of two from 4096 to 65536; it is ${size}. Get the file again.`,
  );
}

function unsupported(file: string, fact: string): PareError {
  return new PareError(
    'LMDB_UNSUPPORTED',
    `${file}: this LMDB file is ${fact}. Write it anew with the Python package lmdb on a 64-bit little-endian machine, one value for a key.`,
  );
}
