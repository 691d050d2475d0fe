import { PareError } from '@pare/core';

const HEADER = 16;
const NODE_HEADER = 8;
const BRANCH = 0x01;
const LEAF = 0x02;
const OVERFLOW = 0x04;
const KINDS: Readonly<Record<number, 'branch' | 'leaf' | 'overflow'>> = {
  [BRANCH]: 'branch',
  [LEAF]: 'leaf',
  [OVERFLOW]: 'overflow',
};
// Kinds, and the compact leaves (0x20) and pages within pages (0x40) of files that openLmdb() refuses.
const KIND_MASK = 0x67;

const BIG_DATA = 0x01;
const SUB_DATABASE = 0x02;

/** A value in a leaf: its bytes, or the overflow pages where they are. */
export type LmdbValue =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | { readonly kind: 'overflow'; readonly page: number; readonly size: number }
  | { readonly kind: 'sub-database' };

/** A page of the tree. Every offset in it is checked: LMDB_DAMAGED where one leads out of the page. */
export class LmdbPage {
  readonly kind: 'branch' | 'leaf' | 'overflow';
  /** Keys of a branch or leaf. */
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #where: string;

  /** `bytes` begin at the page's header; `file` names it in errors. */
  constructor(bytes: Uint8Array, number: number, file: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#where = `${file}, page ${number}`;
    const own = this.#view.getBigUint64(0, true);
    if (own !== BigInt(number)) throw this.damaged(`it must call itself ${number}, not ${own}`);
    const flags = this.#view.getUint16(10, true);
    const kind = KINDS[flags & KIND_MASK];
    if (!kind) throw this.damaged(`its kind 0x${flags.toString(16)} is unknown`);
    this.kind = kind;
    this.count = kind === 'overflow' ? 0 : this.#countKeys();
  }

  /** A view. The first key of a branch stands for everything smaller; what it says means nothing. */
  key(index: number): Uint8Array {
    const node = this.#node(index);
    const size = this.#view.getUint16(node + 6, true);
    return this.#part(node + NODE_HEADER, size);
  }

  /** Page below key `index` of a branch. */
  child(index: number): number {
    const node = this.#node(index);
    return this.#view.getUint32(node, true) + this.#view.getUint16(node + 4, true) * 2 ** 32;
  }

  /** Value of key `index` of a leaf. */
  value(index: number): LmdbValue {
    const node = this.#node(index);
    const size = this.#view.getUint32(node, true);
    const flags = this.#view.getUint16(node + 4, true);
    const at = node + NODE_HEADER + this.#view.getUint16(node + 6, true);
    if (flags & SUB_DATABASE) return { kind: 'sub-database' };
    if ((flags & BIG_DATA) === 0) return { kind: 'inline', bytes: this.#part(at, size) };
    this.#part(at, 8);
    return { kind: 'overflow', page: Number(this.#view.getBigUint64(at, true)), size };
  }

  /** Pages of a value, this one included. */
  overflowPages(): number {
    return this.#view.getUint32(12, true);
  }

  /** Index of the first key, from `from` on, that is not smaller; `count` if all are. */
  lowerBound(key: Uint8Array, from = 0): number {
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (Buffer.compare(this.key(middle), key) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  damaged(fact: string): PareError {
    return new PareError('LMDB_DAMAGED', `${this.#where}: ${fact}. Get the file again.`);
  }

  #countKeys(): number {
    const end = this.#view.getUint16(12, true);
    if (end >= HEADER && end <= this.#bytes.length) return (end - HEADER) >>> 1;
    throw this.damaged(`its list of keys ends at byte ${end} of ${this.#bytes.length}`);
  }

  #node(index: number): number {
    const node = this.#view.getUint16(HEADER + 2 * index, true);
    this.#part(node, NODE_HEADER);
    return node;
  }

  #part(from: number, size: number): Uint8Array {
    if (from + size <= this.#bytes.length) return this.#bytes.subarray(from, from + size);
    throw this.damaged(`an entry of ${size} bytes at byte ${from} leads out of it`);
  }
}
