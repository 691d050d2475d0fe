import { deserialize, serialize } from 'node:v8';
import type { HostTensor } from '@pare/core';

/** Plain data with typed arrays as a tensor, for checkpoints: the number of bytes, then the bytes. */
export function packData(data: unknown): HostTensor {
  const bytes = serialize(data);
  const words = new Int32Array(1 + Math.ceil(bytes.length / 4));
  words[0] = bytes.length;
  new Uint8Array(words.buffer).set(bytes, 4);
  return { dtype: 'int32', shape: [words.length], data: words };
}

/** Inverse of `packData`. */
export function unpackData(tensor: HostTensor): unknown {
  const words = Int32Array.from(tensor.data);
  return deserialize(new Uint8Array(words.buffer, 4, words[0]));
}

/** Numbers in float64 as a tensor that keeps every bit. */
export function packFloat64(numbers: Float64Array): HostTensor {
  const words = new Int32Array(Float64Array.from(numbers).buffer);
  return { dtype: 'int32', shape: [words.length], data: words };
}

/** Inverse of `packFloat64`. */
export function unpackFloat64(tensor: HostTensor): Float64Array {
  return new Float64Array(Int32Array.from(tensor.data).buffer);
}
