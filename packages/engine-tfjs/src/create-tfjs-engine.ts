import { PareError } from '@pare/core';
import type { Engine } from '@pare/core';

/** Backends of TensorFlow.js that can run programs. */
export type TfjsBackend = 'wasm' | 'cpu' | 'webgpu';

/** Options of `createTfjsEngine`. */
export interface TfjsEngineOptions {
  /** Default `wasm`, the fastest one that needs nothing but npm. */
  readonly backend?: TfjsBackend;
  /** Threads of the wasm backend; default 1, the only number that TensorFlow.js offers in Node. */
  readonly threads?: number;
}

/**
 * An engine on a TensorFlow.js backend. TensorFlow.js is loaded by this call, not by the import of the package.
 * Throws PareError where the backend cannot start here.
 */
export async function createTfjsEngine(options: TfjsEngineOptions = {}): Promise<Engine> {
  const { backend = 'wasm', threads = 1 } = options;
  if (threads !== 1) {
    throw new PareError(
      'BAD_THREADS',
      `The TensorFlow.js backend "${backend}" runs on 1 thread in Node; received threads: ${threads}. Leave the option out, or use the native engine (@pare/engine-tensorflow) for more threads.`,
    );
  }
  const { TfjsEngine } = await import('./tfjs-engine.ts');
  return new TfjsEngine(await startDevice(backend));
}

async function startDevice(backend: TfjsBackend) {
  switch (backend) {
    case 'wasm':
      return (await import('./backends/wasm.ts')).startWasm();
    case 'cpu':
      return (await import('./backends/cpu.ts')).startCpu();
    case 'webgpu':
      return (await import('./backends/webgpu.ts')).startWebgpu();
    default:
      throw new PareError(
        'UNKNOWN_BACKEND',
        `TensorFlow.js backend must be "wasm", "cpu" or "webgpu"; received "${backend as string}".`,
      );
  }
}
