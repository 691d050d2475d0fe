import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { startBackend } from '../device.ts';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { DType } from '@pare/graph';
import type { Device } from '../device.ts';

/** Starts the WebAssembly backend with the files of its own package; nothing is downloaded. */
export async function startWasm(): Promise<Device> {
  // Asking findBackend() would start it.
  if (!('wasm' in tf.engine().registry)) {
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(entry), sep));
  }
  await startBackend('wasm');
  const backend = tf.findBackend('wasm') as BackendWasm;
  return {
    backend: 'wasm',
    info: {
      name: 'tfjs-wasm',
      version: version_wasm,
      device: 'cpu',
      threads: 1,
      details: { simd: String(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) },
    },
    memory: {
      allocate: (shape: readonly number[], dtype: DType) =>
        tf.engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], dtype)),
      view: (tensor) => backend.typedArrayFromHeap(tensor),
    },
    // The backend copies out of its heap.
    read: (tensor) => tensor.dataSync<'float32'>(),
  };
}
