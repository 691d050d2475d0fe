import { definePlugin, provide } from '@pare/core';
import { z } from 'zod';
import { createTensorFlowEngine } from './create-tensorflow-engine.ts';

const options = z.strictObject({
  threads: z
    .int()
    .positive()
    .optional()
    .describe("threads inside one op; default: TensorFlow's choice, all cores"),
});

/** The engine `tensorflow` as a plugin. */
export const tensorFlowPlugin = definePlugin({
  name: '@pare/engine-tensorflow',
  core: '^1.0.0',
  provides: {
    engine: {
      tensorflow: provide({
        description: 'The native TensorFlow library: the fastest ("pare engine install")',
        options,
        create: ({ options }) => createTensorFlowEngine(options),
      }),
    },
  },
});
