import { PareError } from '@pare/core';

/** Collects bits, most significant first, behind a byte that says how many bits at the end are padding. */
export class BitWriter {
  readonly #bytes: number[] = [0];
  #used = 0;

  /** Appends the lowest `length` bits of a value, at most 32. */
  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      if (this.#used === 0) this.#bytes.push(0);
      if ((value >>> bit) & 1) this.#bytes[this.#bytes.length - 1]! |= 0x80 >> this.#used;
      this.#used = (this.#used + 1) % 8;
    }
  }

  /** The file: header byte, then the bits. */
  finish(): Uint8Array {
    const bytes = Uint8Array.from(this.#bytes);
    bytes[0] = (8 - this.#used) % 8;
    return bytes;
  }
}

/** Reads what a `BitWriter` wrote. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at = 8;

  constructor(bytes: Uint8Array) {
    if (bytes.length === 0 || bytes[0]! > 7) {
      throw new PareError(
        'DAMAGED_CODE',
        `Huffman file: the first byte must be the padding, 0 to 7; received ${bytes.length === 0 ? 'an empty file' : bytes[0]}.`,
      );
    }
    this.#bytes = bytes;
    this.#end = 8 * bytes.length - bytes[0]!;
  }

  /** Whether all bits have been read. */
  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** The next `length` bits, at most 32, as an unsigned number; throws DAMAGED_CODE at the end. */
  read(length: number): number {
    if (this.#at + length > this.#end) {
      throw new PareError(
        'DAMAGED_CODE',
        `Huffman file: it ends after ${this.#end - 8} bits, in the middle of a symbol. The file is cut off or not the one that belongs to the codebook.`,
      );
    }
    let value = 0;
    for (let i = 0; i < length; i++, this.#at++) {
      value = (value << 1) | ((this.#bytes[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1);
    }
    return value >>> 0;
  }
}
