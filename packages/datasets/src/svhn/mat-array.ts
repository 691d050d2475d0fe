import { PareError } from '@pare/core';
import { MAT_TYPE, damagedMat, elementsOf } from './mat-element.ts';
import type { MatElement } from './mat-element.ts';

/** A numeric array: elements in the order of MATLAB, first axis fastest. */
export interface MatArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: MatValues;
}

export type MatValues =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

interface MatNumbers<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): T;
}

/** By type of the element; MATLAB stores whole doubles in the smallest type that holds them. */
const numeric: Readonly<Record<number, MatNumbers<MatValues>>> = {
  1: Int8Array,
  3: Int16Array,
  4: Uint16Array,
  5: Int32Array,
  6: Uint32Array,
  7: Float32Array,
  9: Float64Array,
};

/** Reads the content of a matrix element: flags, dimensions, name, numbers. Throws MAT_DAMAGED, MAT_UNSUPPORTED. */
export function parseMatArray(content: Uint8Array, file: string): MatArray {
  const elements = [...elementsOf(content, file)];
  const [, dimensions, label, numbers] = elements;
  if (!dimensions || !label || !numbers) {
    throw new PareError(
      'MAT_UNSUPPORTED',
      `${file}: holds a variable that is no array of numbers. Save only arrays of numbers.`,
    );
  }
  const shape = [...typed(Int32Array, dimensions.data)];
  const name = Buffer.from(label.data).toString('latin1');
  const values = valuesOf(numbers, `${file}: "${name}"`);
  const expected = shape.reduce((a, b) => a * b, 1);
  if (values.length === expected) return { name, shape, values };
  throw damagedMat(
    file,
    `"${name}" [${shape.join(', ')}] needs ${expected} numbers; there are ${values.length}`,
  );
}

function valuesOf({ type, data }: MatElement, what: string): MatValues {
  // Images: no copy.
  if (type === MAT_TYPE.uint8) return data;
  const Values = numeric[type];
  if (Values) return typed(Values, data);
  throw new PareError(
    'MAT_UNSUPPORTED',
    `${what} has elements of type ${type}, which is none of numbers up to 32 bits and doubles. Save it as uint8.`,
  );
}

/** A copy, because elements begin where they like; bytes that make no whole number are left out. */
function typed<T>(Values: MatNumbers<T>, data: Uint8Array): T {
  const whole = data.length - (data.length % Values.BYTES_PER_ELEMENT);
  return new Values(Uint8Array.from(data.subarray(0, whole)).buffer);
}
