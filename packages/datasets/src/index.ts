import { definePlugin, provide } from '@pare/core';
import { createFashionMnist, fashionMnistOptions } from './fashion-mnist.ts';
import { createMnist, mnistOptions } from './mnist.ts';
import { createSynthetic, syntheticOptions } from './synthetic.ts';

export { mnistOptions, createMnist } from './mnist.ts';
export { fashionMnistOptions, createFashionMnist } from './fashion-mnist.ts';
export { fetchFashionMnist } from './fetch-fashion-mnist.ts';
export type { FetchOptions } from './fetch-fashion-mnist.ts';
export { syntheticOptions, createSynthetic } from './synthetic.ts';

/** The data sets as a plugin. */
export default definePlugin({
  name: '@pare/datasets',
  core: '^1.0.0',
  provides: {
    dataset: {
      mnist: provide({
        description: 'MNIST: 70,000 handwritten digits of 28 x 28 pixels',
        options: mnistOptions,
        create: ({ options }) => createMnist(options),
      }),
      'fashion-mnist': provide({
        description: 'Fashion-MNIST: 70,000 images of clothes of 28 x 28 pixels',
        options: fashionMnistOptions,
        create: ({ options }) => createFashionMnist(options),
      }),
      synthetic: provide({
        description: 'Made-up images that a network can learn, from a seed',
        options: syntheticOptions,
        create: ({ options }) => createSynthetic(options),
      }),
    },
  },
});
