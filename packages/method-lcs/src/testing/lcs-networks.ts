import { NetworkBuilder } from '@pare/graph';
import { createCpreresnet20, createResnet, createVgg } from '@pare/models';
import type { Network } from '@pare/graph';

type Norm = 'batch' | 'group' | 'instance' | 'none';

/** The three networks of LCS, for the images and classes of the authors, by the names of their tables. */
export const lcsNetworks = {
  cPreResNet20: (norm: Norm = 'batch', normPlacement: 'before' | 'after' = 'before'): Network =>
    createCpreresnet20({ norm, normPlacement }).build(new NetworkBuilder(), {
      imageShape: [32, 32, 3],
      classes: 10,
    }),
  ResNet18: (norm: Norm = 'batch'): Network =>
    createResnet({ preset: 'lcs', depth: 18, norm }).build(new NetworkBuilder(), imageNet),
  VGG19: (norm: Norm = 'batch'): Network =>
    createVgg({ preset: 'lcs', depth: 19, norm }, 'vgg-19').build(new NetworkBuilder(), imageNet),
};

const imageNet = { imageShape: [224, 224, 3], classes: 1000 } as const;
