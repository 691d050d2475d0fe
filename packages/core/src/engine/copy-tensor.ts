import type { HostTensor } from '../contracts/tensor.ts';

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** A tensor with elements of its own, for engines: `data.slice()` of a Node `Buffer` would share them. */
export function copyTensor({ dtype, shape, data }: HostTensor): HostTensor {
  return { dtype, shape, data: new arrays[dtype](data) };
}

/** Name of the typed array that holds elements of a tensor's type. */
export function arrayName({ dtype }: Pick<HostTensor, 'dtype'>): string {
  return arrays[dtype].name;
}
