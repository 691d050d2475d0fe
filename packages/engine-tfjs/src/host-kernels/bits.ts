import type { TensorData } from '@pare/graph';

/** The bits of elements as whole numbers, in place. */
export function bitsOf(data: TensorData): Int32Array | Uint8Array {
  if (!(data instanceof Float32Array)) return data;
  return new Int32Array(data.buffer, data.byteOffset, data.length);
}
