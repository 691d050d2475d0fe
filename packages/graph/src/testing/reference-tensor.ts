import type { DType } from '../ir/value.ts';

/** A tensor of the reference evaluator, row-major: floats have 64 bits, integers and booleans are exact. */
export interface ReferenceTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float64Array | Int32Array | Uint8Array;
}

/** Number of elements of a numeric shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** A tensor of zeros. */
export function zeroTensor(dtype: DType, shape: readonly number[]): ReferenceTensor {
  const size = elementCount(shape);
  if (dtype === 'float32') return { dtype, shape, data: new Float64Array(size) };
  return { dtype, shape, data: dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size) };
}

/** Distance between neighbours along each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/** Position of an element from its coordinates. */
export function offsetOf(shape: readonly number[], at: readonly number[]): number {
  return shape.reduce((offset, dim, axis) => offset * dim + at[axis]!, 0);
}

/** Calls `visit` with the coordinates and the position of each element, in row-major order. */
export function eachElement(
  shape: readonly number[],
  visit: (at: readonly number[], position: number) => void,
): void {
  const at = shape.map(() => 0);
  const size = elementCount(shape);
  for (let position = 0; position < size; position++) {
    visit(at, position);
    for (let axis = shape.length - 1; axis >= 0 && ++at[axis]! === shape[axis]; axis--)
      at[axis] = 0;
  }
}

/** A tensor whose elements are computed from their coordinates. */
export function tabulate(
  dtype: DType,
  shape: readonly number[],
  element: (at: readonly number[], position: number) => number,
): ReferenceTensor {
  const result = zeroTensor(dtype, shape);
  eachElement(shape, (at, position) => (result.data[position] = element(at, position)));
  return result;
}

/** Reads a tensor as if it had been broadcast to a result of the given rank. */
export function broadcastReader(tensor: ReferenceTensor, rank: number) {
  const strides = stridesOf(tensor.shape).map((stride, i) => (tensor.shape[i] === 1 ? 0 : stride));
  const lead = rank - tensor.shape.length;
  return (at: readonly number[]): number =>
    tensor.data[strides.reduce((offset, stride, i) => offset + stride * at[i + lead]!, 0)]!;
}
