import type { HostTensor } from '@pare/core';
import type { KeptAlongAxes } from './slim-network.ts';

/** The part of a float32 tensor at the given indices of each axis. */
export function takeAlongAxes(tensor: HostTensor, axes: KeptAlongAxes): HostTensor {
  return axes.reduce<HostTensor>(
    (part, indices, axis) => (indices ? takeAlongAxis(part, axis, indices) : part),
    tensor,
  );
}

function takeAlongAxis(
  { dtype, shape, data }: HostTensor,
  axis: number,
  indices: readonly number[],
): HostTensor {
  const size = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);
  const [outer, inner] = [size(shape.slice(0, axis)), size(shape.slice(axis + 1))];
  const taken = new Float32Array(outer * indices.length * inner);
  let at = 0;
  for (let i = 0; i < outer; i++) {
    for (const index of indices) {
      const from = (i * shape[axis]! + index) * inner;
      taken.set(data.subarray(from, from + inner), at);
      at += inner;
    }
  }
  return { dtype, shape: shape.with(axis, indices.length), data: taken };
}
