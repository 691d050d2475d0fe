import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { createPreactResnet, preactResnetParts } from './preact-resnet.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import type { ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

type Options = Parameters<typeof createPreactResnet>[0];

const cifar10: ModelTask = { imageShape: [32, 32, 3], classes: 10 };
const cifar100: ModelTask = { imageShape: [32, 32, 3], classes: 100 };
const build = (options: Options = {}, task = cifar10): Network =>
  createPreactResnet(options).build(new NetworkBuilder(), task);

const parametersOf = (network: Network) => costReport(network).parameters;

describe('published sizes', () => {
  test.each([
    [20, 272_282],
    [32, 466_714],
    [44, 661_146],
    [56, 855_578],
    [110, 1_730_522],
  ])('depth %i has %i parameters, 5,850 more for CIFAR-100', (depth, count) => {
    expect(parametersOf(build({ depth }))).toBe(count);
    expect(parametersOf(build({ depth }, cifar100))).toBe(count + 5850);
  });

  test.each([
    [29, 312_218],
    [110, 1_146_842],
    [164, 1_703_258],
  ])('depth %i of bottlenecks has %i, 23,130 more', (depth, count) => {
    const options = { depth, block: 'bottleneck' } as const;
    expect(parametersOf(build(options))).toBe(count);
    expect(parametersOf(build(options, cifar100))).toBe(count + 23_130);
  });
});

describe('layers', () => {
  const weights = (options: Options) =>
    build(options)
      .parameters.filter(({ name }) => /weight$/.test(name))
      .map(({ name, shape }) => [name.slice(0, -'.weight'.length), shape.at(-1)]);

  test('of a basic block: each norm before its convolution, the shortcut without one', () => {
    expect(weights({ depth: 8 })).toEqual([
      ['conv1', 16],
      ['layer1.0.bn1', 16],
      ['layer1.0.conv1', 16],
      ['layer1.0.bn2', 16],
      ['layer1.0.conv2', 16],
      ['layer2.0.bn1', 16],
      ['layer2.0.conv1', 32],
      ['layer2.0.bn2', 32],
      ['layer2.0.conv2', 32],
      ['layer2.0.downsample.0', 32],
      ['layer3.0.bn1', 32],
      ['layer3.0.conv1', 64],
      ['layer3.0.bn2', 64],
      ['layer3.0.conv2', 64],
      ['layer3.0.downsample.0', 64],
      ['bn', 64],
      ['fc', 10],
    ]);
  });

  test('of a bottleneck', () => {
    expect(weights({ depth: 11, block: 'bottleneck' }).slice(0, 8)).toEqual([
      ['conv1', 16],
      ['layer1.0.bn1', 16],
      ['layer1.0.conv1', 16],
      ['layer1.0.bn2', 16],
      ['layer1.0.conv2', 16],
      ['layer1.0.bn3', 16],
      ['layer1.0.conv3', 64],
      ['layer1.0.downsample.0', 64],
    ]);
  });

  test('the norms may be of another kind, or none', () => {
    const kinds = (norm: 'batch' | 'instance' | 'none') =>
      new Set(build({ depth: 8, norm }).parameters.map(({ role }) => role));
    expect(kinds('batch')).toContain('running-mean');
    expect(kinds('instance')).not.toContain('running-mean');
    expect(kinds('instance')).toContain('norm-scale');
    expect([...kinds('none')]).toEqual(['weight', 'bias']);
  });

  test('start with variance 2 / fan out; the bias of the classifier starts at 0 or as DeepHoyer has it', () => {
    expect(initialValues(build())).toMatchObject({
      'layer2.0.conv1.weight': spread.normal(Math.sqrt(2 / 288)),
      'fc.bias': spread.constant(0),
    });
    expect(initialValues(build({ preset: 'hoyer' }))).toMatchObject({
      'fc.bias': spread.uniform(1 / 8),
      'fc.weight': spread.uniform(1 / 8),
    });
  });
});

test('takes images of any size', () => {
  const network = build({ depth: 8 }, { imageShape: [1, 3, 2], classes: 4 });
  expect(network.output.shape).toEqual(['batch', 4]);
});

test('each depth is registered', async () => {
  const plugin = definePlugin({
    name: 'models',
    core: '^1.0.0',
    provides: { model: preactResnetParts },
  });
  await using run = new Registry().use(plugin).openRun();
  const found: Record<string, number> = {};
  for (const name of Object.keys(preactResnetParts)) {
    const network = (await run.create('model', name, { preset: 'hoyer' })).build(
      new NetworkBuilder(),
      cifar10,
    );
    expect(network.name).toBe(name);
    found[name] = parametersOf(network);
  }
  expect(found).toEqual({
    'preact-resnet': 272_282,
    'preact-resnet-20': 272_282,
    'preact-resnet-32': 466_714,
    'preact-resnet-44': 661_146,
    'preact-resnet-56': 855_578,
    'preact-resnet-110': 1_730_522,
    'preact-resnet-164': 1_703_258,
  });
});

test('refuses depths that do not fit', () => {
  expect(() => createPreactResnet({ depth: 21 })).toThrow(
    'model "preact-resnet": "depth" must be 8, 14, 20, ... (6n + 2) with basic blocks; received 21.',
  );
});
