import { NetworkBuilder } from '@pare/graph';
import { createAlexnetCifar } from '../alexnet.ts';
import { createCpreresnet20 } from '../cpreresnet-20.ts';
import { createDensenet } from '../densenet.ts';
import { createLenet300100 } from '../lenet-300-100.ts';
import { createLenet5 } from '../lenet-5.ts';
import { createLinear } from '../linear.ts';
import { createNin } from '../nin.ts';
import { createPreactResnet } from '../preact-resnet.ts';
import { createResnetCifar } from '../resnet-cifar.ts';
import { createResnet } from '../resnet.ts';
import { createResnext } from '../resnext.ts';
import { createVgg } from '../vgg.ts';
import { createWideResnet } from '../wide-resnet.ts';
import type { Model } from '@pare/core';
import type { Network } from '@pare/graph';

/** A norm that trains. */
export type Norm = 'batch' | 'group' | 'instance';

/** A small network of a family. */
export interface SmallNetwork {
  readonly create: (norm?: Norm) => Model;
  /** Pixels a side: so many that the last norm reads more than one pixel. */
  readonly side: number;
}

/** Small networks without norms, with their dropout. */
export const plainNetworks = {
  linear: { create: () => createLinear(), side: 8 },
  'lenet-300-100': { create: () => createLenet300100({ dropout: 0.5 }), side: 4 },
  'lenet-5': { create: () => createLenet5({ dropout: 0.5 }), side: 16 },
} satisfies Readonly<Record<string, SmallNetwork>>;

/** Small networks of the families with norms, each in another variant. */
export const normedNetworks = {
  vgg: {
    create: (norm) => createVgg({ depth: 2, head: 'bip', dropout: 0.5, norm }),
    side: 8,
  },
  'resnet-cifar': {
    create: (norm) => createResnetCifar({ depth: 8, preset: 'hinge', norm }),
    side: 8,
  },
  'preact-resnet': {
    create: (norm) => createPreactResnet({ depth: 11, block: 'bottleneck', norm }),
    side: 8,
  },
  'cpreresnet-20': {
    create: (norm) => createCpreresnet20({ normPlacement: 'after', norm }),
    side: 6,
  },
  'wide-resnet': {
    create: (norm) => createWideResnet({ depth: 10, width: 1, dropout: 0.3, norm }),
    side: 8,
  },
  resnext: {
    create: (norm) => createResnext({ depth: 11, cardinality: 2, width: 4, widen: 1, norm }),
    side: 8,
  },
  densenet: {
    create: (norm) =>
      createDensenet({ depth: 10, growth: 4, bottleneck: true, compression: 0.5, norm }),
    side: 8,
  },
} satisfies Readonly<Record<string, SmallNetwork>>;

/** Networks that are too large for the reference engine. */
export const largerNetworks = {
  nin: { create: (norm) => createNin({ norm }), side: 8 },
  'alexnet-cifar': { create: (norm) => createAlexnetCifar({ norm, dropout: 0.5 }), side: 29 },
  resnet: { create: (norm) => createResnet({ stem: 'cifar', norm }), side: 16 },
  'resnext for large images': {
    create: (norm) =>
      createResnext({ layout: 'imagenet', depth: 50, cardinality: 2, width: 2, widen: 1, norm }),
    side: 64,
  },
} satisfies Readonly<Record<string, SmallNetwork>>;

/** The network for four classes. */
export const buildSmall = ({ create, side }: SmallNetwork, norm?: Norm): Network =>
  create(norm).build(new NetworkBuilder(), { imageShape: [side, side, 3], classes: 4 });
