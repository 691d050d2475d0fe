import { resampleModule } from './resample-module.ts';
import type { Taps } from './resample-taps.ts';

/** The part of the language's own interface that is used; Node's types do not have it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** What resample.wat exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  along(
    from: number,
    stride: number,
    rows: number,
    first: number,
    weights: number,
    count: number,
    wanted: number,
    to: number,
  ): void;
  down(
    from: number,
    stride: number,
    first: number,
    weights: number,
    count: number,
    wanted: number,
    to: number,
  ): void;
}

/** Bytes after inputs and outputs that the loops may touch. */
const SLACK = 16;
const PAGE = 65536;

/** Runs resample.wat in memory of its own, which grows to what the largest image takes. */
export class ResampleKernel {
  readonly #exports: Exports;
  #bytes: Uint8Array;
  #numbers: Int32Array;
  #end = 0;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(resampleModule, 'base64'));
    this.#exports = new WebAssembly.Instance(module).exports as Exports;
    this.#bytes = new Uint8Array(this.#exports.memory.buffer);
    this.#numbers = new Int32Array(this.#exports.memory.buffer);
  }

  /** Rows first, from the pixel `left` on, then columns; undefined leaves them as they are. */
  scale(
    data: Uint8Array,
    width: number,
    left: number,
    along: Taps | undefined,
    down: Taps | undefined,
  ): Uint8Array {
    const rows = data.length / (width * 3);
    this.#end = 0;
    const newWidth = along ? along.first.length : width;
    const from = this.#reserve(data.length);
    const between = this.#reserve(along ? rows * newWidth * 3 : 0);
    const newRows = down ? down.first.length : rows;
    const to = this.#reserve(down ? newRows * newWidth * 3 : 0);
    const tables = this.#reserve(sizeOf(along) + sizeOf(down));
    this.#bytes.set(data, from);
    if (along) this.#along(from + left * 3, width * 3, rows, along, tables, between);
    const middle = along ? between : from;
    if (down) this.#down(middle, newWidth * 3, down, tables + sizeOf(along), to);
    const result = down ? to : middle;
    return this.#bytes.subarray(result, result + newRows * newWidth * 3);
  }

  #along(from: number, stride: number, rows: number, taps: Taps, tables: number, to: number): void {
    const { count, first } = taps;
    const weights = this.#write(taps, tables);
    this.#exports.along(from, stride, rows, tables, weights, count, first.length, to);
  }

  #down(from: number, stride: number, taps: Taps, tables: number, to: number): void {
    const { count, first } = taps;
    const weights = this.#write(taps, tables);
    this.#exports.down(from, stride, tables, weights, count, first.length, to);
  }

  /** Writes both lists of the taps; gives the address of the weights. */
  #write({ first, weights }: Taps, address: number): number {
    this.#numbers.set(first, address / 4);
    this.#numbers.set(weights, address / 4 + first.length);
    return address + 4 * first.length;
  }

  /** Address of so many bytes. */
  #reserve(size: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + size + SLACK) / 16) * 16;
    const missing = this.#end - this.#bytes.length;
    if (missing > 0) {
      this.#exports.memory.grow(Math.ceil(missing / PAGE));
      this.#bytes = new Uint8Array(this.#exports.memory.buffer);
      this.#numbers = new Int32Array(this.#exports.memory.buffer);
    }
    return address;
  }
}

const sizeOf = (taps: Taps | undefined): number =>
  taps ? 4 * (taps.first.length + taps.weights.length) : 0;
