import { definePlugin, provide } from '@pare/core';
import { createLenet300100, lenet300100Options } from './lenet-300-100.ts';
import { createLenet5, lenet5Options } from './lenet-5.ts';

export { lenet300100Options, createLenet300100 } from './lenet-300-100.ts';
export { lenet5Options, createLenet5 } from './lenet-5.ts';

/** The architectures as a plugin. */
export default definePlugin({
  name: '@pare/models',
  core: '^1.0.0',
  provides: {
    model: {
      'lenet-300-100': provide({
        description: 'Two hidden layers of 300 and 100 units (LeCun et al. 1998)',
        options: lenet300100Options,
        create: ({ options }) => createLenet300100(options),
      }),
      'lenet-5': provide({
        description: 'Two convolutions and two dense layers, 20-50-500 (Caffe)',
        options: lenet5Options,
        create: ({ options }) => createLenet5(options),
      }),
    },
  },
});
