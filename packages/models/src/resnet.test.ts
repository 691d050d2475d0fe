import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport, topologicalOrder } from '@pare/graph';
import { createResnet, resnetParts } from './resnet.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import type { ModelTask } from '@pare/core';

const cifar: ModelTask = { imageShape: [32, 32, 3], classes: 10 };
const imagenet: ModelTask = { imageShape: [224, 224, 3], classes: 1000 };

const build = (options: Parameters<typeof createResnet>[0] = {}, task = cifar) =>
  createResnet(options).build(new NetworkBuilder(), task);
const startOf = (options: Parameters<typeof createResnet>[0]) => initialValues(build(options));

describe('sizes', () => {
  test.each([
    ['cifar', 18, 11_173_962, 11_164_352, 21, 11_159_232],
    ['cifar', 34, 21_282_122, 21_265_088, 37, 21_259_968],
    ['cifar', 50, 23_520_842, 23_467_712, 54, 23_447_232],
    ['cifar', 101, 42_512_970, 42_407_616, 105, 42_387_136],
    ['cifar', 152, 58_156_618, 58_005_184, 156, 57_984_704],
    ['imagenet', 18, 11_181_642, 11_172_032, 21, 11_166_912],
    ['imagenet', 34, 21_289_802, 21_272_768, 37, 21_267_648],
    ['imagenet', 50, 23_528_522, 23_475_392, 54, 23_454_912],
  ] as const)(
    'BiP, stem %s: ResNet-%i has the published parameters, weights and layers',
    (stem, depth, total, weights, layers, convolutions) => {
      const published = { total, weights, layers, convolutions };
      expect(parameterCounts(build({ preset: 'bip', depth, stem }))).toEqual(published);
      const features = depth < 50 ? 512 : 2048;
      const more = parameterCounts(build({ depth, stem }, { ...cifar, classes: 100 }));
      expect(more).toEqual({
        total: total + 90 * (features + 1),
        weights: weights + 90 * features,
        layers,
        convolutions,
      });
    },
  );

  test.each([
    [18, 11_689_512, 1_814_073_344],
    [34, 21_797_672, 3_663_761_408],
    [50, 25_557_032, 4_089_184_256],
    [101, 44_549_160, 7_801_405_440],
    [152, 60_192_808, 11_513_626_624],
  ] as const)('ResNet-%i for ImageNet costs what it does in torchvision', (depth, total, macs) => {
    expect(costReport(build({ depth }, imagenet))).toMatchObject({ parameters: total, macs });
  });

  test('LCS: ResNet-18 has the published parameters and multiply-adds', () => {
    const network = build({ preset: 'lcs' }, imagenet);
    const { total, weights } = parameterCounts(network);
    expect({ total, weights }).toEqual({ total: 11_688_512, weights: 11_678_912 });
    const blocks = costReport(network).layers.filter(({ layer, parameters }) => {
      return /^layer\d\.\d\.(conv\d|downsample\.0)$/.test(layer) && parameters > 0;
    });
    expect(blocks.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(11_157_504);
    // The original counts the elements that the global pooling reads, too.
    expect(costReport(network).macs + 512 * 7 * 7).toBe(1_814_098_432);
  });
});

describe('layers', () => {
  test('have the names and the order of torchvision', () => {
    const norm = (name: string) =>
      ['weight', 'bias', 'running_mean', 'running_var'].map((suffix) => `${name}.${suffix}`);
    const names = build({ depth: 50 }).parameters.map((p) => p.name);
    expect(names.slice(0, 25)).toEqual([
      'conv1.weight',
      ...norm('bn1'),
      ...[1, 2, 3].flatMap((i) => [`layer1.0.conv${i}.weight`, ...norm(`layer1.0.bn${i}`)]),
      'layer1.0.downsample.0.weight',
      ...norm('layer1.0.downsample.1'),
    ]);
    expect(names.slice(-2)).toEqual(['fc.weight', 'fc.bias']);
    expect(build({ depth: 50, stem: 'cifar' }).parameters.map((p) => p.name)).toEqual(names);
  });

  test.each([
    ['imagenet', [112, 56, 28, 14, 7]],
    ['cifar', [224, 224, 112, 56, 28]],
  ] as const)('stem %s: sides of the images after stem and stages', (stem, sides) => {
    const shapes = new Map(
      costReport(build({ stem, depth: 50 }, imagenet)).layers.map((l) => [l.layer, l.outputShape]),
    );
    const places = ['conv1', ...[1, 2, 3, 4].map((stage) => `layer${stage}.0.conv3`)];
    expect(places.map((layer) => shapes.get(layer)![1])).toEqual(sides);
    // The stride of a bottleneck is on its 3 x 3.
    expect(shapes.get('layer2.0.conv1')![1]).toBe(2 * shapes.get('layer2.0.conv2')![1]!);
  });

  test('take images of any size and shape', () => {
    for (const imageShape of [
      [1, 1, 3],
      [33, 20, 1],
    ] as const) {
      for (const stem of ['imagenet', 'cifar'] as const) {
        expect(build({ stem }, { imageShape, classes: 7 }).output.shape).toEqual(['batch', 7]);
      }
    }
  });

  test('have the chosen norm', () => {
    const normsOf = (norm: 'batch' | 'group' | 'instance' | 'none') => {
      const names = topologicalOrder([build({ norm }).output]).map((node) => node.op.name);
      return names.filter((name) => name.endsWith('Norm'));
    };
    for (const norm of ['batch', 'group', 'instance'] as const) {
      expect(normsOf(norm)).toEqual(Array<string>(20).fill(`${norm}Norm`));
    }
    expect(normsOf('none')).toEqual([]);
  });
});

describe('first values', () => {
  const { normal, uniform, constant } = spread;
  const dense = uniform(1 / Math.sqrt(512));

  test('are those of torchvision unless told otherwise', () => {
    expect(startOf({})).toMatchObject({
      'conv1.weight': normal(Math.sqrt(2 / (64 * 49))),
      'layer2.0.conv1.weight': normal(Math.sqrt(2 / (128 * 9))),
      'layer2.0.downsample.0.weight': normal(Math.sqrt(2 / 128)),
      'layer1.0.bn1.weight': constant(1),
      'fc.weight': dense,
      'fc.bias': dense,
    });
    expect(startOf({ preset: 'hoyer' })).toEqual(startOf({}));
  });

  test("BiP: PyTorch's for small images, those of torchvision for large ones", () => {
    expect(startOf({ preset: 'bip' })).toMatchObject({
      'conv1.weight': uniform(1 / Math.sqrt(27)),
      'layer2.0.conv1.weight': uniform(1 / Math.sqrt(64 * 9)),
      'fc.weight': dense,
      'fc.bias': dense,
    });
    expect(startOf({ preset: 'bip', stem: 'imagenet' })).toEqual(startOf({}));
  });

  test('LCS: variance 2 / fan in everywhere, and no bias', () => {
    const start = startOf({ preset: 'lcs' });
    expect(start).toMatchObject({
      'conv1.weight': normal(Math.sqrt(2 / (3 * 49))),
      'layer2.0.conv1.weight': normal(Math.sqrt(2 / (64 * 9))),
      'fc.weight': normal(Math.sqrt(2 / 512)),
    });
    expect(start).not.toHaveProperty(['fc.bias']);
  });
});

describe('registered networks', () => {
  const plugin = definePlugin({ name: 'test', core: '*', provides: { model: resnetParts } });

  test('have the depth of their name', async () => {
    await using run = new Registry().use(plugin).openRun();
    const names = [18, 34, 50, 101, 152].map((depth) => `resnet-${depth}`);
    expect(Object.keys(resnetParts)).toEqual(names);
    const model = await run.create('model', 'resnet-34', { preset: 'bip' });
    const network = model.build(new NetworkBuilder(), cifar);
    expect(network.name).toBe('resnet-34');
    expect(parameterCounts(network).total).toBe(21_282_122);
    await expect(run.create('model', 'resnet-34', { depth: 18 })).rejects.toThrow(
      'model "resnet-34": "depth" is not known.',
    );
  });

  test('a depth that does not exist is refused', () => {
    expect(() => createResnet({ depth: 20 as 18 })).toThrow('"depth" must be one of 18, 34, 50');
  });
});
