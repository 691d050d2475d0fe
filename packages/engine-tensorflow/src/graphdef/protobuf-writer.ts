const encoder = new TextEncoder();

/** Writes protocol-buffer messages: just the wire types that a GraphDef needs. */
export class ProtobufWriter {
  #buffer = new Uint8Array(64);
  #length = 0;

  /** Makes room for so many more bytes; gives where they begin. */
  #extend(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#buffer.subarray(0, start));
      this.#buffer = larger;
    }
    return start;
  }

  #byte(value: number): void {
    const start = this.#extend(1);
    this.#buffer[start] = value;
  }

  #raw(bytes: Uint8Array): void {
    const start = this.#extend(bytes.length);
    this.#buffer.set(bytes, start);
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
    new DataView(this.#buffer.buffer).setFloat32(start, value, true);
    return this;
  }

  /** A bytes or string field. */
  bytes(field: number, value: string | Uint8Array): this {
    const data = typeof value === 'string' ? encoder.encode(value) : value;
    this.#varint(field * 8 + 2);
    this.#varint(data.length);
    this.#raw(data);
    return this;
  }

  /** A nested message. */
  message(field: number, write: (writer: ProtobufWriter) => void): this {
    const inner = new ProtobufWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  /** All bytes written, as a view that further writing does not change. */
  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
