import { PareError } from '@pare/core';

/** Goes through the bytes of a pickle; numbers are little-endian. Past the end it throws PICKLE_TRUNCATED. */
export class PickleCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #name: string;
  #at = 0;
  #instruction = 0;

  /** `name` is what messages call the pickle. */
  constructor(bytes: Uint8Array, name: string) {
    // A plain view: parts of a Buffer would be Buffers.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
  }

  /** First byte of the next instruction; errors name its offset from now on. */
  instruction(): number {
    this.#instruction = this.#at;
    return this.uint8();
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Exact up to 2^53, which no length in a real pickle exceeds. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  /** Big-endian, as pickles have it. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  /** A view, not a copy. */
  bytes(count: number): Uint8Array {
    const from = this.#take(count);
    return this.#bytes.subarray(from, from + count);
  }

  /** Text up to the next line feed, one character a byte. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#truncated('there is no end of the line');
    return latin1(this.bytes(end + 1 - this.#at)).slice(0, -1);
  }

  /** Throws PICKLE_TRUNCATED if fewer bytes are left. */
  expect(count: number): void {
    const left = this.#bytes.length - this.#at;
    if (count > left) throw this.#truncated(`${count} bytes must follow; there are ${left}`);
  }

  /** An error at the instruction under way. */
  error(code: string, message: string, options?: ErrorOptions): PareError {
    return new PareError(code, `${this.#name}, byte ${this.#instruction}: ${message}`, options);
  }

  /** PICKLE_DAMAGED at the instruction under way. */
  damaged(fact: string): PareError {
    return this.error('PICKLE_DAMAGED', `${fact}. The data is damaged, or is no pickle.`);
  }

  #truncated(fact: string): PareError {
    const length = this.#bytes.length;
    return this.error('PICKLE_TRUNCATED', `${fact}. The pickle is cut off after ${length} bytes.`);
  }

  #take(count: number): number {
    this.expect(count);
    const from = this.#at;
    this.#at += count;
    return from;
  }
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
