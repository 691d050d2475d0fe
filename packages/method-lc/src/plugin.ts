import { definePlugin, provide, services } from '@pare/core';
import { compressionProvisions } from './compressions/compression-provisions.ts';
import { lcMethod } from './lc-method.ts';
import { lcOptions } from './options.ts';
import { compressionKinds } from './tasks/plugin-kinds.ts';

/** The method as a plugin. */
export const plugin = definePlugin({
  name: '@pare/method-lc',
  core: '^1.0.0',
  provides: {
    compression: compressionProvisions,
    method: {
      lc: provide({
        description:
          'Learning-compression: quantization, pruning, low rank and sums of them, by layer',
        options: lcOptions,
        needs: { log: services.logger, run: services.run },
        create: async ({ options, deps: { log, run } }) =>
          lcMethod(options, { log, kinds: await compressionKinds(options.tasks, run) }),
      }),
    },
  },
});
