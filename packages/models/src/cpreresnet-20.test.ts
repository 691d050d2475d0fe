import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { cpreresnet20Parts, createCpreresnet20 } from './cpreresnet-20.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import type { ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

type Options = Parameters<typeof createCpreresnet20>[0];

const cifar10: ModelTask = { imageShape: [32, 32, 3], classes: 10 };
const build = (options: Options = {}, task = cifar10): Network =>
  createCpreresnet20(options).build(new NetworkBuilder(), task);

/** Number of trained values by role. */
function sizes(network: Network): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { role, trainable, shape } of network.parameters) {
    if (trainable) result[role] = (result[role] ?? 0) + shape.reduce((a, b) => a * b, 1);
  }
  return result;
}

describe('published sizes', () => {
  test('216,752 weights, 1,360 normalised channels, 33,737,216 multiply-adds', () => {
    const network = build();
    expect(sizes(network)).toEqual({
      weight: 216_752,
      'norm-scale': 1360,
      'norm-shift': 1360,
    });
    // The published 33,753,600 also counts the 16,384 values that the pooling reads.
    expect(costReport(network)).toMatchObject({ parameters: 219_472, macs: 33_753_600 - 16_384 });
    const scales = network.parameters.filter(({ role }) => role === 'norm-scale');
    expect(scales).toHaveLength(19);
  });

  test('norms after the convolutions are wider: 4,096 values', () => {
    const after = sizes(build({ normPlacement: 'after' }));
    expect(after).toEqual({ weight: 216_752, 'norm-scale': 2048, 'norm-shift': 2048 });
  });

  test('432 weights are in the first convolution and 2,560 in the classifier, which has no bias', () => {
    const { parameters } = build();
    const shape = (name: string) => parameters.find((p) => p.name === name)?.shape;
    expect(shape('conv1.weight')).toEqual([3, 3, 3, 16]);
    expect(shape('fc.weight')).toEqual([256, 10]);
    expect(shape('fc.bias')).toBeUndefined();
  });
});

describe('layers', () => {
  const block = (options: Options) =>
    build({ norm: 'group', ...options })
      .parameters.filter(({ name }) => /^layer2.0.*weight$/.test(name))
      .map(({ name, shape }) => [name.slice('layer2.0.'.length, -'.weight'.length), shape.at(-1)]);

  test('have the norms before the convolutions', () => {
    expect(block({})).toEqual([
      ['bn1', 64],
      ['conv1', 32],
      ['bn2', 32],
      ['conv2', 32],
      ['bn3', 32],
      ['conv3', 128],
      ['downsample.0', 128],
    ]);
  });

  test('or after, on the shortcut too, under the same names', () => {
    expect(block({ normPlacement: 'after' })).toEqual([
      ['conv1', 32],
      ['bn1', 32],
      ['conv2', 32],
      ['bn2', 32],
      ['conv3', 128],
      ['bn3', 128],
      ['downsample.0', 128],
      ['downsample.1', 128],
    ]);
  });

  test('start with variance 2 / fan in, norms with 1 and 0', () => {
    const { normal, constant } = spread;
    expect(initialValues(build())).toMatchObject({
      'layer2.0.conv2.weight': normal(Math.sqrt(2 / 288)),
      'layer2.0.conv3.weight': normal(Math.sqrt(2 / 32)),
      'fc.weight': normal(Math.sqrt(2 / 256)),
      'bn.weight': constant(1),
      'bn.bias': constant(0),
    });
  });

  test('take a bias in the classifier where it is wanted', () => {
    const start = initialValues(build({ denseBias: true, denseInit: 'uniform-fan-in' }));
    expect(start['fc.bias']).toBe(spread.uniform(1 / 16));
  });
});

test('takes images of any size and other numbers of classes', () => {
  for (const normPlacement of ['before', 'after'] as const) {
    const network = build({ normPlacement }, { imageShape: [1, 7, 1], classes: 3 });
    expect(network.output.shape).toEqual(['batch', 3]);
  }
});

test('is registered, and knows its options', async () => {
  const plugin = definePlugin({
    name: 'models',
    core: '^1.0.0',
    provides: { model: cpreresnet20Parts },
  });
  await using run = new Registry().use(plugin).openRun();
  const model = await run.create('model', 'cpreresnet-20', { norm: 'instance' });
  expect(model.build(new NetworkBuilder(), cifar10)).toMatchObject({ name: 'cpreresnet-20' });
  await expect(run.create('model', 'cpreresnet-20', { depth: 29 })).rejects.toThrow(
    /"depth" is not known.*Known: norm, init, .*normPlacement/,
  );
});
