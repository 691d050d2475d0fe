import { latin1 } from './pickle-cursor.ts';
import type { PickleGlobals } from './pickle-globals.ts';

/** Element type of an array, as in "u1" or "<i8" without the byte order. */
export class NumpyType {
  readonly code: string;

  constructor(code: unknown) {
    const text = code instanceof Uint8Array ? latin1(code) : code;
    const match = /^[<>|=]?([biuf]([1248]))$/.exec(String(text));
    if (!match) throw new TypeError(`arrays of the type ${JSON.stringify(text)} are not read`);
    this.code = match[1]!;
  }

  /** Bytes of an element. */
  get size(): number {
    return Number(this.code[1]);
  }

  /** Version, byte order, and what only structured types have. */
  setState(state: unknown): void {
    const order = Array.isArray(state) ? (state[1] as unknown) : undefined;
    const text = order instanceof Uint8Array ? latin1(order) : order;
    if (text === '>') throw new TypeError('big-endian arrays are not read');
  }
}

/** An array of numpy: elements little-endian, row-major. */
export class NumpyArray {
  type = new NumpyType('u1');
  shape: readonly number[] = [0];
  bytes: Uint8Array = new Uint8Array(0);

  /** Version, shape, type, column-major, bytes: what numpy.ndarray.__setstate__ takes. */
  setState(state: unknown): void {
    const [, shape, type, columnMajor, bytes] = Array.isArray(state) ? (state as unknown[]) : [];
    this.fill({ shape, type, columnMajor: columnMajor === true || columnMajor === 1, bytes });
  }

  /** Checks that bytes, type and shape agree; throws TypeError. */
  fill(parts: { shape: unknown; type: unknown; columnMajor: boolean; bytes: unknown }): this {
    const { shape, type, columnMajor, bytes } = parts;
    if (!isShape(shape) || !(type instanceof NumpyType) || !(bytes instanceof Uint8Array)) {
      throw new TypeError('an array needs a shape, a type and bytes');
    }
    const expected = shape.reduce((a, b) => a * b, type.size);
    if (bytes.length !== expected) {
      throw new TypeError(
        `an array [${shape.join(', ')}] of ${type.code} needs ${expected} bytes; there are ${bytes.length}`,
      );
    }
    this.type = type;
    this.shape = shape;
    this.bytes = columnMajor ? rowMajor(bytes, shape, type.size) : bytes;
    return this;
  }
}

/** What lets readPickle() read arrays of numpy 1 and 2, pickle protocols 0 to 5. Types: b, i, u, f of 1 to 8 bytes. */
export const numpyGlobals: PickleGlobals = {
  ...onBothNumpys('multiarray _reconstruct', () => new NumpyArray()),
  ...onBothNumpys('numeric _frombuffer', (bytes, type, shape, order) =>
    new NumpyArray().fill({ bytes, type, shape, columnMajor: order === 'F' }),
  ),
  'numpy dtype': (code) => new NumpyType(code),
  // An argument of _reconstruct, never called itself.
  'numpy ndarray': () => {
    throw new TypeError('an array without a shape');
  },
};

/** numpy 2 has renamed numpy.core. */
function onBothNumpys(name: string, make: PickleGlobals[string]): PickleGlobals {
  return { [`numpy.core.${name}`]: make, [`numpy._core.${name}`]: make };
}

const isShape = (shape: unknown): shape is number[] =>
  Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);

/** Turns columns into rows; other ranks than 2 are not needed here. */
function rowMajor(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  if (shape.length < 2) return bytes;
  if (shape.length > 2) throw new TypeError('column-major arrays are read with two axes at most');
  const [rows, columns] = shape as [number, number];
  const result = new Uint8Array(bytes.length);
  let from = 0;
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const to = (row * columns + column) * size;
      for (let byte = 0; byte < size; byte++) result[to + byte] = bytes[from++]!;
    }
  }
  return result;
}
