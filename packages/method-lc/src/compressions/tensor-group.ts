import { PareError } from '@pare/core';
import { sizeOfShape } from './input-weights.ts';

/** A tensor in PyTorch's order. */
export interface GroupTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Tensors that are compressed together: one keeps its shape, several become one vector, one after the other. */
export function joinTensors(tensors: readonly GroupTensor[]): GroupTensor {
  const [first, ...others] = tensors;
  if (!first) {
    throw new PareError('NO_TENSORS', 'A group of tensors needs at least one; received none.');
  }
  if (others.length === 0) return { shape: [...first.shape], data: first.data.slice() };
  const data = new Float32Array(tensors.reduce((sum, tensor) => sum + tensor.data.length, 0));
  let at = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, at);
    at += tensor.data.length;
  }
  return { shape: [data.length], data };
}

/** The reverse of `joinTensors`: the part of each shape, in a new array. */
export function splitTensors(
  data: Float32Array,
  shapes: readonly (readonly number[])[],
): GroupTensor[] {
  const total = shapes.reduce((sum, shape) => sum + sizeOfShape(shape), 0);
  if (total !== data.length) {
    throw new PareError(
      'BAD_WEIGHTS',
      `The tensors of the group have ${total} numbers in all; received ${data.length}.`,
    );
  }
  let at = 0;
  return shapes.map((shape) => {
    const from = at;
    at += sizeOfShape(shape);
    return { shape: [...shape], data: data.slice(from, at) };
  });
}
