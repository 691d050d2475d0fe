import * as tf from '@tensorflow/tfjs-core';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { startBackend } from '../device.ts';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { DType, TensorData } from '@pare/graph';
import type { Device } from '../device.ts';

/** Starts the plain JavaScript backend: slow, but it runs everywhere and is easy to debug. */
export async function startCpu(): Promise<Device> {
  await startBackend('cpu');
  const backend = tf.findBackend('cpu') as MathBackendCPU;
  // Its first write would print an advertisement for tfjs-node.
  Object.assign(backend, { firstUse: false });
  // Unlike dataSync(), which copies booleans.
  const view = (tensor: tf.Tensor) => backend.data.get(tensor.dataId).values as TensorData;
  return {
    backend: 'cpu',
    info: { name: 'tfjs-cpu', version: version_cpu, device: 'cpu', threads: 1, details: {} },
    memory: {
      allocate: (shape: readonly number[], dtype: DType) => tf.zeros([...shape], dtype),
      view,
    },
    read: (tensor) => view(tensor).slice(),
  };
}
