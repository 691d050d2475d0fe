import { NetworkBuilder } from '@pare/graph';
import {
  createLenet300100,
  createLenet5,
  createResnetCifar,
  lenet300100Options,
  lenet5Options,
} from '@pare/models';

const mnist = { imageShape: [28, 28, 1], classes: 10 };
const cifar = { imageShape: [32, 32, 3], classes: 10 };

const networks = {
  'lenet-300-100': {
    task: mnist,
    build: (builder) => createLenet300100(lenet300100Options.parse({})).build(builder, mnist),
  },
  'lenet-5': {
    task: mnist,
    build: (builder) => createLenet5(lenet5Options.parse({})).build(builder, mnist),
  },
  'resnet-20': {
    task: cifar,
    build: (builder) =>
      createResnetCifar({ depth: 20, shortcut: 'projection' }).build(builder, cifar),
  },
};

/** A network of the benchmark by name, and what it must fit. */
export function buildNetwork(name) {
  const { task, build } = networks[name];
  return { task, network: build(new NetworkBuilder()) };
}
