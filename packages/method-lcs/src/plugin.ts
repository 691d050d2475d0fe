import { definePlugin, provide, services } from '@pare/core';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';

/** The method as a plugin. */
export const plugin = definePlugin({
  name: '@pare/method-lcs',
  core: '^1.0.0',
  provides: {
    method: {
      lcs: provide({
        description:
          'Learning compressible subspaces: one network, compressed to any level at run time',
        options: lcsOptions,
        needs: { log: services.logger },
        create: ({ options, deps }) => lcsMethod(options, deps.log),
      }),
    },
  },
});
