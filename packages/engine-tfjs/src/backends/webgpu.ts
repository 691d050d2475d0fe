import * as tf from '@tensorflow/tfjs-core';
import { PareError } from '@pare/core';
import { startBackend } from '../device.ts';
import type { Device } from '../device.ts';

/** The part of the npm package `webgpu` (Dawn for Node) that is used. */
interface Dawn {
  readonly create: (flags: readonly string[]) => {
    requestAdapter: () => Promise<Adapter | null>;
  };
  readonly globals: object;
}

interface Adapter {
  readonly info?: { readonly vendor?: string; readonly description?: string };
}

// Kept in variables, so that type checking and bundlers do not ask for packages that may be absent.
const dawnPackage: string = 'webgpu';
const backendPackage: string = '@tensorflow/tfjs-backend-webgpu';

/** Starts the WebGPU backend; throws PareError where its packages or a graphics adapter are missing. */
export async function startWebgpu(): Promise<Device> {
  const adapter = await findAdapter();
  await load(backendPackage);
  // Small tensors would be computed on the CPU backend, which cannot read back in Node.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  await startBackend('webgpu');
  return {
    backend: 'webgpu',
    info: {
      name: 'tfjs-webgpu',
      version: tf.version_core,
      device: adapter.info?.description || adapter.info?.vendor || 'gpu',
      threads: 1,
      details: {},
    },
    memory: undefined,
    read: async (tensor) => await tensor.data<'float32'>(),
  };
}

/** The adapter of the platform, or else of Dawn, which then becomes `navigator.gpu`, where TensorFlow.js looks for it. */
async function findAdapter(): Promise<Adapter> {
  type Gpu = ReturnType<Dawn['create']>;
  const native = (globalThis as { navigator?: { gpu?: Gpu } }).navigator?.gpu;
  const dawn = native ? undefined : ((await load(dawnPackage)) as Dawn);
  const gpu = native ?? dawn!.create([]);
  const adapter = await gpu.requestAdapter();
  if (!adapter) {
    throw new PareError(
      'NO_GPU_ADAPTER',
      'The WebGPU backend found no graphics adapter. Install the graphics driver (on Linux a Vulkan one), or use the backend "wasm".',
    );
  }
  if (dawn) {
    Object.assign(globalThis, dawn.globals);
    const value = { userAgent: 'node', gpu };
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value });
  }
  return adapter;
}

async function load(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch (cause) {
    throw new PareError(
      'PACKAGE_NOT_INSTALLED',
      `The WebGPU backend needs the package "${name}", which could not be loaded. Run: npm install ${dawnPackage} ${backendPackage}`,
      { cause },
    );
  }
}
