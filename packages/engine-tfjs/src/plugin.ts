import { definePlugin, provide } from '@pare/core';
import { z } from 'zod';
import { createTfjsEngine } from './create-tfjs-engine.ts';
import type { Engine, Provision } from '@pare/core';
import type { TfjsBackend } from './create-tfjs-engine.ts';

const onBackend = (backend: TfjsBackend, description: string): Provision<Engine> =>
  provide({
    description,
    options: z.strictObject({}),
    create: () => createTfjsEngine({ backend }),
  });

/** The engines on TensorFlow.js as a plugin. */
export const tfjsPlugin = definePlugin({
  name: '@pare/engine-tfjs',
  core: '^1.0.0',
  provides: {
    engine: {
      'tfjs-wasm': onBackend('wasm', 'TensorFlow.js in WebAssembly: nothing to install'),
      'tfjs-cpu': onBackend('cpu', 'TensorFlow.js in plain JavaScript: slow, for tests'),
      'tfjs-webgpu': onBackend('webgpu', 'TensorFlow.js on a graphics card (package webgpu)'),
    },
  },
});
