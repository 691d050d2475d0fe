import { dotProductsModule } from './dot-products-module.ts';
import type { Rows } from './rows.ts';

const { ceil } = Math;

/** The part of the language's own interface that is used; Node's types do not have it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** What dot-products.wat exports: 3 MiB of memory and a loop. Addresses are bytes. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  add(
    x: number,
    rows: number,
    y: number,
    columns: number,
    to: number,
    stride: number,
    triangle: number,
  ): void;
}

/** Numbers of a row that are multiplied at once. */
export const blockLength = 128;

/** Most rows on either side. */
export const mostRows = 512;

const rowsInNumbers = mostRows * blockLength;

/** Multiplies up to 512 rows with 512 in WebAssembly, two numbers at once: twice as fast as JavaScript. */
export class DotProducts {
  readonly #exports: Exports;
  readonly #numbers: Float64Array;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(dotProductsModule, 'base64'));
    this.#exports = new WebAssembly.Instance(module).exports as Exports;
    this.#numbers = new Float64Array(this.#exports.memory.buffer);
  }

  /**
   * Dot products of each row of `x` with each of `y`; those of row i stand from i * `stride` on, and `stride` is at least as
   * many as the rows of `y`. The array is overwritten by the next call. With `triangle` only the first i of row i are right.
   */
  multiply(x: Rows, y: Rows, triangle: boolean): { products: Float64Array; stride: number } {
    const rows = 2 * ceil(x.count / 2);
    const stride = 4 * ceil(y.count / 4);
    const [yAt, to] = [rowsInNumbers, 2 * rowsInNumbers];
    const products = this.#numbers.subarray(to, to + rows * stride).fill(0);
    for (let from = 0; from < x.length; from += blockLength) {
      this.#pack(x, from, 0);
      this.#pack(y, from, yAt);
      this.#exports.add(0, rows, 8 * yAt, stride, 8 * to, 8 * stride, Number(triangle));
    }
    return { products, stride };
  }

  /** Copies a block of all rows; beyond the rows' ends it is filled with zeros. Rows beyond the last may hold anything. */
  #pack({ data, start, count, length, stride, step }: Rows, from: number, to: number): void {
    const numbers = this.#numbers;
    const size = Math.min(blockLength, length - from);
    // Along what is side by side in the array.
    const [outer, inner] = step === 1 ? [count, size] : [size, count];
    const [outerStep, innerStep] = step === 1 ? [stride, step] : [step, stride];
    const [outerTo, innerTo] = step === 1 ? [blockLength, 1] : [1, blockLength];
    const first = start + from * step;
    for (let i = 0; i < outer; i++) {
      let source = first + i * outerStep;
      let target = to + i * outerTo;
      for (let k = 0; k < inner; k++) {
        numbers[target] = data[source]!;
        source += innerStep;
        target += innerTo;
      }
    }
    if (size === blockLength) return;
    for (let row = 0; row < count; row++) {
      numbers.fill(0, to + row * blockLength + size, to + (row + 1) * blockLength);
    }
  }
}
