import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { createResnetCifar, resnetCifarParts } from './resnet-cifar.ts';
import { hingeFlops } from './testing/hinge-flops.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import type { ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

type Options = Parameters<typeof createResnetCifar>[0];

const cifar10: ModelTask = { imageShape: [32, 32, 3], classes: 10 };
const cifar100: ModelTask = { imageShape: [32, 32, 3], classes: 100 };
const build = (options: Options = {}, task = cifar10): Network =>
  createResnetCifar(options).build(new NetworkBuilder(), task);

const parametersOf = (network: Network) => costReport(network).parameters;
const names = (network: Network) => network.parameters.map(({ name }) => name);

const hingeCost = (network: Network) => [
  hingeFlops(network, { countsRelu: true }),
  parametersOf(network),
];

describe('published sizes', () => {
  test.each([
    [20, 272_474],
    [32, 466_906],
    [44, 661_338],
    [56, 855_770],
    [110, 1_730_714],
    [1202, 19_424_026],
  ])('DeepHoyer: ResNet-%i has %i parameters, 5,850 more for CIFAR-100', (depth, count) => {
    const options = { preset: 'hoyer', depth } as const;
    expect(parametersOf(build(options))).toBe(count);
    expect(parametersOf(build(options, cifar100))).toBe(count + 5850);
  });

  test.each([
    [29, 313_114],
    [110, 1_147_738],
    [164, 1_704_154],
  ])('DeepHoyer: ResNet-%i of bottlenecks has %i, 23,130 more', (depth, count) => {
    const options = { preset: 'hoyer', depth, block: 'bottleneck' } as const;
    expect(parametersOf(build(options))).toBe(count);
    expect(parametersOf(build(options, cifar100))).toBe(count + 23_130);
  });

  test.each([
    [20, 269_722, 268_336, 267_696, 40_551_040],
    [32, 464_154, 461_872, 461_232, 68_862_592],
    [44, 658_586, 655_408, 654_768, 97_174_144],
    [56, 853_018, 848_944, 848_304, 125_485_696],
    [110, 1_727_962, 1_719_856, 1_719_216, 252_887_680],
  ])('BiP and LC: ResNet-%i', (depth, all, masked, convolutions, macs) => {
    for (const preset of ['bip', 'lc', undefined] as const) {
      const network = build({ preset, depth });
      const counts = { total: all, weights: masked, layers: depth, convolutions };
      expect(parameterCounts(network)).toEqual(counts);
      expect(costReport(network).macs).toBe(macs);
    }
    // Each further class adds its weights and its bias.
    expect(parametersOf(build({ preset: 'bip', depth }, cifar100))).toBe(all + 90 * 65);
  });

  test.each([
    ['ResNet20', { depth: 20 }, [41_116_288, 269_738], [41_122_048, 275_588]],
    ['ResNet56', { depth: 56 }, [127_083_136, 853_034], [127_088_896, 858_884]],
    [
      'ResNet56 with projections',
      { depth: 56, shortcut: 'projection' },
      [127_369_856, 855_786],
      [127_375_616, 861_636],
    ],
    [
      'ResNet164',
      { depth: 164, block: 'bottleneck' },
      [257_325_568, 1_704_154],
      [257_348_608, 1_727_284],
    ],
  ] as const)('Hinge: %s has the FLOPs and parameters', (_, options, for10, for100) => {
    const small = build({ preset: 'hinge', ...options });
    expect(hingeCost(small)).toEqual(for10);
    const large = build({ preset: 'hinge', ...options }, cifar100);
    expect(hingeCost(large)).toEqual(for100);
  });
});

describe('layers', () => {
  const norm = (name: string) =>
    ['weight', 'bias', 'running_mean', 'running_var'].map((end) => `${name}.${end}`);

  test('have the names and the order of PyTorch', () => {
    expect(names(build({ depth: 8, shortcut: 'projection' }))).toEqual([
      'conv1.weight',
      ...norm('bn1'),
      ...[1, 2, 3].flatMap((stage) => [
        `layer${stage}.0.conv1.weight`,
        ...norm(`layer${stage}.0.bn1`),
        `layer${stage}.0.conv2.weight`,
        ...norm(`layer${stage}.0.bn2`),
        ...(stage === 1
          ? []
          : [`layer${stage}.0.downsample.0.weight`, ...norm(`layer${stage}.0.downsample.1`)]),
      ]),
      'fc.weight',
      'fc.bias',
    ]);
  });

  test('of bottlenecks have a third convolution, and the first block changes its channels', () => {
    const { parameters } = build({ depth: 11, block: 'bottleneck' });
    const shapes = Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
    expect(shapes).toMatchObject({
      'layer1.0.conv1.weight': [1, 1, 16, 16],
      'layer1.0.conv2.weight': [3, 3, 16, 16],
      'layer1.0.conv3.weight': [1, 1, 16, 64],
      'layer1.0.downsample.0.weight': [1, 1, 16, 64],
      'layer3.0.conv1.weight': [1, 1, 128, 64],
      'layer3.0.conv3.weight': [1, 1, 64, 256],
      'fc.weight': [256, 10],
    });
  });

  test('keep their names whatever the norm', () => {
    const grouped = names(build({ depth: 8, norm: 'group' }));
    const batch = names(build({ depth: 8 }));
    expect(grouped).toEqual(batch.filter((name) => !name.includes('running')));
    expect(names(build({ depth: 8, norm: 'none' }))).toEqual(
      batch.filter((name) => /conv|fc/.test(name)),
    );
  });

  test('have a bias where it is wanted', () => {
    const biases = (options: Options) =>
      build(options)
        .parameters.filter(({ role }) => role === 'bias')
        .map(({ name }) => name);
    expect(biases({})).toEqual(['fc.bias']);
    expect(biases({ stemBias: true, denseBias: false })).toEqual(['conv1.bias']);
    expect(biases({ preset: 'hinge' })).toEqual(['conv1.bias', 'fc.bias']);
    expect(biases({ preset: 'hinge', stemBias: false })).toEqual(['fc.bias']);
    expect(biases({ preset: 'hinge', depth: 11, block: 'bottleneck' })).toEqual(['fc.bias']);
  });

  const { uniform, constant } = spread;
  const normal = (variance: number) => spread.normal(Math.sqrt(variance));

  // layer2.0.conv1 has 16 channels in and 32 out: fans 144 and 288.
  test.each([
    [undefined, normal(2 / 144), normal(2 / 64), constant(0)],
    ['bip', normal(2 / 144), normal(2 / 64), uniform(1 / 8)],
    ['lc', normal(2 / 144), normal(2 / 64), uniform(1 / 8)],
    ['hinge', uniform(1 / 12), uniform(1 / 8), uniform(1 / 8)],
    ['hoyer', normal(2 / 288), uniform(1 / 8), uniform(1 / 8)],
  ] as const)('start as in preset %s', (preset, convolution, dense, bias) => {
    expect(initialValues(build({ preset, depth: 8 }))).toMatchObject({
      'layer2.0.conv1.weight': convolution,
      'fc.weight': dense,
      'fc.bias': bias,
      'bn1.weight': constant(1),
    });
  });

  test('have biases that start as the weights do, or as they are told', () => {
    const bias = (options: Options) => initialValues(build({ depth: 8, ...options }))['fc.bias'];
    expect(bias({ denseInit: 'uniform-fan-in' })).toBe(uniform(1 / 8));
    expect(bias({ denseInit: 'glorot-uniform' })).toBe(constant(0));
    expect(bias({ denseInit: 'uniform-fan-in', denseBiasInit: 'zeros' })).toBe(constant(0));
    const stem = (init: 'uniform-fan-in' | 'lecun-normal') =>
      initialValues(build({ depth: 8, stemBias: true, init }))['conv1.bias'];
    expect(stem('uniform-fan-in')).toBe(uniform(1 / Math.sqrt(27)));
    expect(stem('lecun-normal')).toBe(constant(0));
  });
});

describe('images', () => {
  test.each(['subsample', 'projection'] as const)('%s: any size will do', (shortcut) => {
    for (const [height, width] of [
      [1, 1],
      [5, 7],
      [33, 2],
    ] as const) {
      const network = build({ depth: 8, shortcut }, { imageShape: [height, width, 1], classes: 7 });
      expect(network.output.shape).toEqual(['batch', 7]);
    }
    expect(() => build({ shortcut }, { imageShape: [0, 1, 1], classes: 7 })).toThrow(
      /whole numbers from 1/,
    );
  });

  test('average: multiples of 4 will do, others are refused', () => {
    const average = (height: number, width: number) =>
      build({ depth: 8, shortcut: 'average' }, { imageShape: [height, width, 3], classes: 2 });
    expect(average(4, 8).output.shape).toEqual(['batch', 2]);
    for (const [height, width] of [
      [3, 4],
      [4, 6],
      [30, 30],
    ] as const) {
      expect(() => average(height, width)).toThrow(
        `resnet-cifar: with shortcuts that average pixels, height and width must be multiples of 4; received ${height} x ${width}. Use such images, or shortcut "subsample" or "projection".`,
      );
    }
  });
});

describe('by name', () => {
  const plugin = definePlugin({
    name: 'models',
    core: '^1.0.0',
    provides: { model: resnetCifarParts },
  });

  test('each depth is registered', async () => {
    expect(Object.keys(resnetCifarParts).sort()).toEqual(
      ['cifar', 20, 32, 44, 56, 110, 164, 1202].map((end) => `resnet-${end}`).sort(),
    );
    await using run = new Registry().use(plugin).openRun();
    for (const [name, options, count] of [
      ['resnet-cifar', { depth: 32 }, 464_154],
      ['resnet-cifar', { depth: 164, block: 'bottleneck' }, 1_704_154],
      ['resnet-20', {}, 269_722],
      ['resnet-56', { preset: 'hinge' }, 853_034],
      ['resnet-56', { preset: 'hinge', stemBias: false }, 853_018],
      ['resnet-164', {}, 1_704_154],
      ['resnet-164', { preset: 'hinge' }, 1_704_154],
      ['resnet-164', { shortcut: 'subsample' }, 1_661_274],
      ['resnet-110', { preset: 'hoyer' }, 1_730_714],
    ] as const) {
      const network = (await run.create('model', name, options)).build(
        new NetworkBuilder(),
        cifar10,
      );
      expect([network.name, parametersOf(network)]).toEqual([name, count]);
    }
  });

  test('the depth is part of the name', async () => {
    await using run = new Registry().use(plugin).openRun();
    await expect(run.create('model', 'resnet-20', { depth: 32 })).rejects.toThrow(
      /"depth" is not known.*Known: preset, norm, init/,
    );
  });
});

describe('options that make no sense', () => {
  test.each([
    [{ depth: 21 }, '"depth" must be 8, 14, 20, ... (6n + 2) with basic blocks; received 21.'],
    [{ depth: 2 }, '"depth" must be 8, 14, 20, ...'],
    [{ depth: 44, block: 'bottleneck' }, '"depth" must be 11, 20, 29, ... (9n + 2)'],
    [{ depth: 20.5 }, '"depth" must be a whole number; received 20.5.'],
    [{ shortcut: 'A' }, '"shortcut" must be one of "subsample", "average", "projection"'],
    [{ preset: 'lcs' }, '"preset" must be one of "bip", "hinge", "hoyer", "lc"'],
    [{ width: 2 }, '"width" is not known.'],
  ])('%j', (options, message) => {
    expect(() => createResnetCifar(options as Options)).toThrow(`model "resnet-cifar": ${message}`);
  });
});
