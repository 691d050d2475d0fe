import { definePlugin, provide } from '@pare/core';
import { myMethod } from './my-method.ts';
import { methodOptions } from './options.ts';

/** What this package brings. It is plain data: importing it changes nothing. */
export const plugin = definePlugin({
  name: 'pare-method-my-method',
  // The same range as the peer dependency in package.json.
  core: '^1.0.0',
  provides: {
    method: {
      'my-method': provide({
        description: 'Removes the smallest weights of the whole network, then trains the rest',
        options: methodOptions,
        create: ({ options }) => myMethod(options),
      }),
    },
  },
});
