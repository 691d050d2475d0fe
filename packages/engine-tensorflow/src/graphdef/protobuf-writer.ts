/** Writes protocol-buffer messages: just the wire types that a GraphDef needs. */
export class ProtobufWriter {
  #buffer = Buffer.alloc(64);
  #length = 0;

  /** Makes room for so many more bytes; gives where they begin. */
  #extend(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.alloc(2 * this.#length);
      larger.set(this.#buffer.subarray(0, start));
      this.#buffer = larger;
    }
    return start;
  }

  #byte(value: number): void {
    const start = this.#extend(1);
    this.#buffer[start] = value;
  }

  /** BigInt is slow, and nearly all numbers are small. */
  #varint(value: number): void {
    if (value < 0) return this.#negative(value);
    let rest = value;
    while (rest > 127) {
      this.#byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  #negative(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 127n) {
      this.#byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.#byte(Number(rest));
  }

  /** An integer field (negative ones as 64-bit two's complement). */
  integer(field: number, value: number): this {
    this.#varint(field * 8);
    this.#varint(value);
    return this;
  }

  /** A 32-bit float field. */
  float(field: number, value: number): this {
    this.#varint(field * 8 + 5);
    const start = this.#extend(4);
    this.#buffer.writeFloatLE(value, start);
    return this;
  }

  /** A bytes or string field. */
  bytes(field: number, value: string | Uint8Array): this {
    const size = typeof value === 'string' ? Buffer.byteLength(value) : value.length;
    this.#varint(field * 8 + 2);
    this.#varint(size);
    const start = this.#extend(size);
    if (typeof value === 'string') this.#buffer.write(value, start);
    else this.#buffer.set(value, start);
    return this;
  }

  /** A nested message. It moves up once it is written, as only then the length before it is known. */
  message(field: number, write: (writer: ProtobufWriter) => void): this {
    this.#varint(field * 8 + 2);
    const start = this.#length;
    write(this);
    const end = this.#length;
    this.#varint(end - start);
    const prefix = Uint8Array.from(this.#buffer.subarray(end, this.#length));
    this.#buffer.copyWithin(start + prefix.length, start, end);
    this.#buffer.set(prefix, start);
    return this;
  }

  /** All bytes written, as a view that further writing does not change. */
  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
