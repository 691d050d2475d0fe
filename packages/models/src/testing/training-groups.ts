import { alexnetParts } from '../alexnet.ts';
import { cpreresnet20Parts } from '../cpreresnet-20.ts';
import { densenetParts } from '../densenet.ts';
import { lenet300100Parts } from '../lenet-300-100.ts';
import { lenet5Parts } from '../lenet-5.ts';
import { linearParts } from '../linear.ts';
import { ninParts } from '../nin.ts';
import { preactResnetParts } from '../preact-resnet.ts';
import { resnetCifarParts } from '../resnet-cifar.ts';
import { resnetParts } from '../resnet.ts';
import { resnextParts } from '../resnext.ts';
import { vggParts } from '../vgg.ts';
import { wideResnetParts } from '../wide-resnet.ts';
import type { Model, Provision } from '@pare/core';

/** Networks that are tried together. */
export interface TrainingGroup {
  readonly parts: Readonly<Record<string, Provision<Model>>>;
  /**
   * Pixels a side of the images, the fewest that the network takes; with batch norms so many that the last norm reads more
   * than one: of two numbers, one an image, it makes 1 and -1, whatever they are, and no gradient comes through.
   */
  readonly side: (name: string) => number;
  /** Networks that are the same as another or repeat its blocks many times: that one is trained in their place, with these options. */
  readonly insteadOf: Readonly<Record<string, readonly [name: string, options?: object]>>;
}

const sides: Readonly<Record<string, number>> = {
  'lenet-5': 16,
  alexnet: 223,
  'alexnet-bn': 223,
  'alexnet-cifar': 29,
  'caffe-alexnet': 227,
};

const bottlenecks = { depth: 20, block: 'bottleneck' } as const;

/** All registered networks. */
export const trainingGroups = {
  plain: {
    parts: { ...linearParts, ...lenet300100Parts, ...lenet5Parts, ...ninParts, ...alexnetParts },
    side: (name) => sides[name] ?? 1,
    insteadOf: {},
  },
  vgg: { parts: vggParts, side: () => 32, insteadOf: { vgg: ['vgg-16'] } },
  residual: {
    parts: { ...resnetCifarParts, ...preactResnetParts, ...cpreresnet20Parts },
    side: () => 8,
    insteadOf: {
      'resnet-cifar': ['resnet-20'],
      'resnet-44': ['resnet-32'],
      'resnet-56': ['resnet-32'],
      'resnet-110': ['resnet-32'],
      'resnet-1202': ['resnet-32'],
      'resnet-164': ['resnet-cifar', bottlenecks],
      'preact-resnet': ['preact-resnet-20'],
      'preact-resnet-44': ['preact-resnet-32'],
      'preact-resnet-56': ['preact-resnet-32'],
      'preact-resnet-110': ['preact-resnet-32'],
      'preact-resnet-164': ['preact-resnet', bottlenecks],
    },
  },
  wide: {
    parts: { ...wideResnetParts, ...densenetParts },
    side: () => 8,
    insteadOf: {
      'wide-resnet': ['wrn-16-10'],
      'wrn-28-10': ['wrn-16-10'],
      'wrn-34-10': ['wrn-16-10'],
      densenet: ['densenet-40'],
      'densenet-bc-190-40': ['densenet-bc-100-12'],
    },
  },
  large: {
    parts: { ...resnetParts, ...resnextParts },
    side: (name) => (/^resnet|-32x4d$/.test(name) ? 64 : 8),
    insteadOf: {
      'resnet-101': ['resnet-50'],
      'resnet-152': ['resnet-50'],
      resnext: ['resnext-29-8x64d'],
      'resnext-29-16x64d': ['resnext-29-8x64d'],
      'resnext-164': ['resnext-20'],
      'resnext-101-32x4d': ['resnext-50-32x4d'],
      'resnext-152-32x4d': ['resnext-50-32x4d'],
    },
  },
} satisfies Readonly<Record<string, TrainingGroup>>;
