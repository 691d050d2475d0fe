import { expect, test } from '@jest/globals';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import { lcsSchedule } from './schedule.ts';
import { build, plain } from './testing/batch-norm-networks.ts';
import { twoImages } from './testing/two-images.ts';
import type { Random } from '@pare/core';
import type { TrainStage } from '@pare/core';

const factor = (epoch: number, epochs: number) =>
  lcsSchedule(5)({ epoch, epochs, step: 0, stepsPerEpoch: 1 });

test.each([
  [
    200,
    [0, 0.02],
    [1, 0.04],
    [4, 0.1],
    [5, 0.1],
    [6, 0.0999935112],
    [50, 0.0874255374],
    [102, 0.0504027639],
    [199, 6.48875e-6],
  ],
  [90, [45, 0.054613418], [89, 3.4146993e-5]],
] as [number, ...[number, number][]][])(
  'learning rates from 0.1 over %i epochs: warm-up, then half a cosine',
  (epochs, ...rates) => {
    for (const [epoch, rate] of rates) expect(0.1 * factor(epoch, epochs)).toBeCloseTo(rate, 9);
  },
);

test('without warm-up the cosine starts at once', () => {
  expect(lcsSchedule(0)({ epoch: 0, epochs: 10, step: 0, stepsPerEpoch: 1 })).toBe(1);
});

/** Step before which a single network keeps everything. */
function compressesFrom(options: object, images: number, step: number): boolean {
  const network = build(plain);
  const method = lcsMethod(
    lcsOptions.parse({ setting: 'unstructured', variant: 'lcs-p', ...options }),
  );
  const { info } = twoImages();
  const dataset = { ...info, sizes: { train: images } };
  const stage = method.plan({ network, dataset }).at(-1) as TrainStage;
  const random = { uniform: () => 0 } as Random;
  const progress = { step, epoch: 0, stepsPerEpoch: 1, learningRate: 0.1, random };
  const { data } = stage.feeds!(progress)['lcs.kept.conv2.weight']!;
  return data[0] !== 270;
}

test.each([
  ['CIFAR-10', 50_000, { epochs: 200, batchSize: 128 }, 62_500],
  ['ImageNet, ResNet-18', 1_281_167, { epochs: 90, batchSize: 128 }, 720_657],
  ['ImageNet, VGG-19', 1_281_167, { epochs: 90, batchSize: 256 }, 360_329],
  ['half of 10 epochs', 100, { epochs: 10, batchSize: 30, warmUpBudget: 50 }, 17],
])('compression is fully on after 80 %% of all steps: %s', (_name, images, options, steps) => {
  expect(compressesFrom(options, images, steps - 1)).toBe(false);
  expect(compressesFrom(options, images, steps)).toBe(true);
});

test('a budget of 0 is no warm-up', () => {
  expect(compressesFrom({ warmUpBudget: 0 }, 50_000, 0)).toBe(true);
});

test('a warm-up of the learning rate that is longer than training is refused', () => {
  const method = lcsMethod(lcsOptions.parse({ variant: 'us', epochs: 5 }));
  expect(() => method.plan({ network: build(plain), dataset: twoImages().info })).toThrow(
    /learning rate takes 5 of 5 epochs.*"learningRateWarmUp"/,
  );
});
