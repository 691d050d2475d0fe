import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { createResnext, resnextParts } from './resnext.ts';
import { hingeFlops } from './testing/hinge-flops.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import type { ModelTask } from '@pare/core';

const cifar: ModelTask = { imageShape: [32, 32, 3], classes: 10 };
const imagenet: ModelTask = { imageShape: [224, 224, 3], classes: 1000 };

type Options = Parameters<typeof createResnext>[0];
const build = (options: Options = {}, task = cifar) =>
  createResnext(options).build(new NetworkBuilder(), task);

describe('sizes', () => {
  test.each([
    [8, 34_426_698, 34_518_948],
    [16, 68_155_210, 68_247_460],
  ])('DeepHoyer: ResNeXt-29 %i x 64d has the published parameters', (cardinality, ...published) => {
    const counts = [10, 100].map((classes) => {
      return parameterCounts(build({ preset: 'hoyer', cardinality }, { ...cifar, classes })).total;
    });
    expect(counts).toEqual(published);
  });

  test.each([
    [20, 10, 211_850, 36_817_408],
    [20, 100, 234_980, 36_840_448],
    [164, 10, 1_713_546, 259_639_808],
    [164, 100, 1_736_676, 259_662_848],
  ])(
    'Hinge: ResNeXt-%i for %i classes has the published parameters and FLOPs',
    (depth, classes, ...cost) => {
      const network = build({ preset: 'hinge', depth }, { ...cifar, classes });
      expect([parameterCounts(network).total, hingeFlops(network, { countsRelu: false })]).toEqual(
        cost,
      );
    },
  );

  test.each([
    [50, 25_028_904],
    [101, 44_177_704],
    [152, 59_951_400],
  ])('ResNeXt-%i 32x4d for ImageNet has the published parameters', (depth, total) => {
    const sizes = { layout: 'imagenet', cardinality: 32, width: 4 } as const;
    const network = build({ ...sizes, depth }, imagenet);
    expect(parameterCounts(network).total).toBe(total);
    // The figure of torchvision.
    if (depth === 50) expect(costReport(network).macs).toBe(4_230_479_872);
  });
});

describe('layers', () => {
  test('have the names and the order of torchvision', () => {
    const names = (options: Options) => [...new Set(build(options).parameters.map((p) => p.layer))];
    const block = (name: string) =>
      [1, 2, 3].flatMap((i) => [`${name}.conv${i}`, `${name}.bn${i}`]);
    const shortcut = (name: string) => [`${name}.downsample.0`, `${name}.downsample.1`];
    const blocks = (stage: number) => {
      const name = `layer${stage}.0`;
      return [...block(name), ...shortcut(name)];
    };
    expect(names({ depth: 11 })).toEqual(['conv1', 'bn1', ...[1, 2, 3].flatMap(blocks), 'fc']);
    // 64 channels come and 64 go: the first stage of the thin network needs no shortcut layer.
    expect(names({ depth: 11, preset: 'hinge' })).toEqual(
      names({ depth: 11 }).filter((name) => !name.startsWith('layer1.0.downsample')),
    );
  });

  test('the 3 x 3 have the groups and the stride', () => {
    const network = build({ depth: 11, cardinality: 4, width: 6, widen: 2 });
    const shapeOf = (name: string) => network.parameters.find((p) => p.name === name)!;
    expect(shapeOf('layer2.0.conv1.weight')).toMatchObject({ shape: [1, 1, 128, 48], groups: 1 });
    expect(shapeOf('layer2.0.conv2.weight')).toMatchObject({ shape: [3, 3, 12, 48], groups: 4 });
    expect(shapeOf('layer2.0.conv3.weight')).toMatchObject({ shape: [1, 1, 48, 256], groups: 1 });
    const { layers } = costReport(network);
    const sideOf = (name: string) => layers.find(({ layer }) => layer === name)!.outputShape[1];
    expect(['conv1', 'conv2'].map((conv) => sideOf(`layer2.0.${conv}`))).toEqual([32, 16]);
  });

  test('the stem follows layout and preset, and can be chosen', () => {
    const kernel = (options: Options) => build(options, imagenet).parameters[0]!.shape.slice(0, 2);
    expect(kernel({})).toEqual([3, 3]);
    expect(kernel({ layout: 'imagenet', depth: 50 })).toEqual([7, 7]);
    expect(kernel({ layout: 'imagenet', depth: 50, stem: 'cifar' })).toEqual([3, 3]);
    expect(kernel({ layout: 'imagenet', depth: 50, preset: 'hoyer' })).toEqual([7, 7]);
    expect(kernel({ preset: 'hoyer' })).toEqual([3, 3]);
    expect(kernel({ preset: 'hinge' })).toEqual([1, 1]);
  });

  test('take images of any size', () => {
    const task: ModelTask = { imageShape: [1, 1, 2], classes: 3 };
    for (const layout of ['cifar', 'imagenet'] as const) {
      const network = build({ depth: 101, cardinality: 1, width: 4, layout }, task);
      expect(network.output.shape).toEqual(['batch', 3]);
    }
  });

  test('a depth that the layout does not have is refused', () => {
    expect(() => createResnext({ depth: 50 })).toThrow(
      'model "resnext": "depth" must be 11, 20, 29, ... (9n + 2) with layout "cifar"; received 50.',
    );
    expect(() => createResnext({ layout: 'imagenet' })).toThrow(
      'model "resnext": "depth" must be 50, 101 or 152 with layout "imagenet"; received 29.',
    );
  });
});

describe('first values', () => {
  const { normal, uniform, constant } = spread;

  test('of grouped convolutions count all filters for the fan out, as the published codes do', () => {
    expect(initialValues(build())).toMatchObject({
      'conv1.weight': normal(Math.sqrt(2 / (9 * 64))),
      'layer1.0.conv1.weight': normal(Math.sqrt(2 / 512)),
      'layer1.0.conv2.weight': normal(Math.sqrt(2 / (9 * 512))),
      'fc.weight': uniform(1 / 32),
      'fc.bias': uniform(1 / 32),
    });
  });

  test('DeepHoyer: the classifier has variance 2 / fan in and no bias at first', () => {
    expect(initialValues(build({ preset: 'hoyer' }))).toEqual({
      ...initialValues(build()),
      'fc.weight': normal(Math.sqrt(2 / 1024)),
      'fc.bias': constant(0),
    });
  });

  test("Hinge: PyTorch's", () => {
    expect(initialValues(build({ preset: 'hinge' }))).toMatchObject({
      'conv1.weight': uniform(1 / Math.sqrt(3)),
      'layer2.0.conv2.weight': uniform(1 / Math.sqrt(9 * 2)),
      'fc.bias': uniform(1 / 16),
    });
  });
});

describe('registered networks', () => {
  const plugin = definePlugin({ name: 'test', core: '*', provides: { model: resnextParts } });

  test('have the sizes of their name', async () => {
    await using run = new Registry().use(plugin).openRun();
    const published = {
      resnext: [cifar, 34_426_698],
      'resnext-29-8x64d': [cifar, 34_426_698],
      'resnext-29-16x64d': [cifar, 68_155_210],
      'resnext-20': [cifar, 211_850],
      'resnext-164': [cifar, 1_713_546],
      'resnext-50-32x4d': [imagenet, 25_028_904],
      'resnext-101-32x4d': [imagenet, 44_177_704],
      'resnext-152-32x4d': [imagenet, 59_951_400],
    } as const;
    expect(Object.keys(resnextParts)).toEqual(Object.keys(published));
    for (const [name, [task, total]] of Object.entries(published)) {
      const network = (await run.create('model', name, {})).build(new NetworkBuilder(), task);
      expect([network.name, parameterCounts(network).total]).toEqual([name, total]);
    }
    const small = await run.create('model', 'resnext-50-32x4d', { stem: 'cifar' });
    const { shape } = small.build(new NetworkBuilder(), cifar).parameters[0]!;
    expect(shape).toEqual([3, 3, 3, 64]);
  });
});
