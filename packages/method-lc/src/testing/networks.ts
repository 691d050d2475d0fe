import { NetworkBuilder } from '@pare/graph';
import {
  createLenet300100,
  createLenet5,
  createNin,
  createResnetCifar,
  createVgg,
} from '@pare/models';
import type { Model, ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

const digits: ModelTask = { imageShape: [28, 28, 1], classes: 10 };
const photos: ModelTask = { imageShape: [32, 32, 3], classes: 10 };

const build = (model: Model, task: ModelTask) => model.build(new NetworkBuilder(), task);

/** The networks of the authors' examples, as they have them. */
export const exampleNetworks = {
  'lenet-300-100': (): Network => build(createLenet300100({ preset: 'lc' }), digits),
  'lenet-5': (): Network => build(createLenet5({ preset: 'lc' }), digits),
  nin: (): Network => build(createNin({ preset: 'lc' }), photos),
  'resnet-20': (): Network => build(createResnetCifar({ preset: 'lc', depth: 20 }), photos),
  'vgg-16': (): Network => build(createVgg({ preset: 'lc', depth: 16 }), photos),
};
