import type { DType, TensorData } from '@pare/graph';

/** A tensor on the host, row-major. `data` is a Float32Array, Int32Array or (bool) Uint8Array. */
export interface HostTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** Tensors by name: the weights and state of a network, or a larger set of variables. */
export type Tensors = ReadonlyMap<string, HostTensor>;
