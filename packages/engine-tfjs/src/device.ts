import * as tf from '@tensorflow/tfjs-core';
import { PareError } from '@pare/core';
import type { EngineInfo } from '@pare/core';
import type { DType, TensorData } from '@pare/graph';

/** How host kernels reach tensors without a copy; only backends whose tensors lie in this process's memory have it. */
export interface HostMemory {
  /** A tensor with undefined content. */
  readonly allocate: (shape: readonly number[], dtype: DType) => tf.Tensor;
  /** The tensor's elements in place; valid until the next allocation. */
  readonly view: (tensor: tf.Tensor) => TensorData;
}

/** A started TensorFlow.js backend. */
export interface Device {
  readonly backend: string;
  readonly info: EngineInfo;
  readonly memory: HostMemory | undefined;
  /** A copy of a tensor's elements. */
  readonly read: (tensor: tf.Tensor) => TensorData | Promise<TensorData>;
}

/** Makes a registered backend the current one, loading it where needed; throws PareError where it does not start. */
export async function startBackend(backend: string): Promise<void> {
  let cause: unknown;
  try {
    if (await tf.setBackend(backend)) return;
  } catch (error) {
    cause = error;
  }
  const reason = cause instanceof Error ? cause.message : 'it gave no reason';
  throw new PareError(
    'BACKEND_NOT_STARTED',
    `The TensorFlow.js backend "${backend}" did not start here: ${reason}. Try the backend "wasm" or "cpu".`,
    { cause },
  );
}

/** Makes a started backend the current one; programs of other backends may have run in between. */
export function activate({ backend }: Device): void {
  // For a backend that has started, setBackend does all its work before its first await.
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}
