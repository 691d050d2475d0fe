import { definePlugin, provide, services } from '@pare/core';
import { hoyerMethod } from './hoyer-method.ts';
import { hoyerOptions } from './options.ts';

/** The plugin: method `hoyer`. */
export const plugin = definePlugin({
  name: '@pare/method-hoyer',
  core: '^1.0.0',
  provides: {
    method: {
      hoyer: provide({
        description:
          'DeepHoyer: sparsity regularizers, threshold pruning, fine-tuning of what is left',
        options: hoyerOptions,
        needs: { log: services.logger },
        create: ({ options, deps }) => hoyerMethod(options, deps.log),
      }),
    },
  },
});
