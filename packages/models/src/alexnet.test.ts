import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, costReport } from '@pare/graph';
import {
  alexnetParts,
  createAlexnet,
  createAlexnetBn,
  createAlexnetCifar,
  createCaffeAlexnet,
} from './alexnet.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { opsOf } from './testing/ops-of.ts';
import type { Model } from '@pare/core';
import type { Network } from '@pare/graph';

const build = (model: Model, size: number, classes = 1000): Network =>
  model.build(new NetworkBuilder(), { imageShape: [size, size, 3], classes });
const layersOf = (network: Network) => [...new Set(network.parameters.map(({ layer }) => layer))];
const convolutionsOf = (network: Network) =>
  network.parameters.filter(({ layout }) => layout === 'hwio').map(({ layer }) => layer);
const orderOf = (network: Network, ...names: string[]) => opsOf(network, ...names).join(' ');

describe('sizes', () => {
  test.each([
    ['alexnet', createAlexnet(), 224, 61_100_840, 714_188_480],
    ['alexnet-bn', createAlexnetBn(), 227, 62_397_480, 1_139_124_224],
    ['caffe-alexnet', createCaffeAlexnet(), 227, 60_965_224, 724_406_816],
  ] as const)('%s has the published parameters and multiply-adds', (name, model, size, p, macs) => {
    const network = build(model, size);
    expect(network.name).toBe(name);
    expect(costReport(network)).toMatchObject({ parameters: p, macs });
  });

  test('alexnet-cifar has the published parameters', () => {
    const parameters = (classes: number) =>
      costReport(build(createAlexnetCifar(), 32, classes)).parameters;
    expect([parameters(10), parameters(100)]).toEqual([2_472_266, 2_495_396]);
  });

  test('the maps of alexnet-bn are 56, 27 and 13 pixels wide', () => {
    const cost = costReport(build(createAlexnetBn(), 227));
    const convolutions = cost.layers.filter(({ op }) => op === 'conv2d');
    expect(convolutions.map(({ outputShape }) => outputShape[1])).toEqual([56, 27, 13, 13, 13]);
  });
});

describe('layers', () => {
  test('of alexnet and alexnet-cifar have the names of PyTorch', () => {
    const features = [0, 3, 6, 8, 10].map((n) => `features.${n}`);
    expect(layersOf(build(createAlexnet(), 224))).toEqual([
      ...features,
      'classifier.1',
      'classifier.4',
      'classifier.6',
    ]);
    expect(layersOf(build(createAlexnetCifar(), 32))).toEqual([...features, 'classifier']);
  });

  test('of caffe-alexnet have those of Caffe, and half of the channels in three of them', () => {
    const network = build(createCaffeAlexnet(), 227);
    const names = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7', 'fc8'];
    expect(layersOf(network)).toEqual(names);
    const groups = network.parameters.filter((p) => p.layout === 'hwio').map((p) => p.groups);
    expect(groups).toEqual([1, 2, 1, 2, 2]);
  });

  test('keep their names when a norm is added', () => {
    for (const [create, size] of [
      [createAlexnet, 224],
      [createAlexnetBn, 227],
      [createCaffeAlexnet, 227],
    ] as const) {
      const [plain, normed] = (['none', 'group'] as const).map((norm) =>
        build(create({ norm }), size),
      );
      expect(convolutionsOf(normed!)).toEqual(convolutionsOf(plain!));
      expect(layersOf(normed!)).toEqual(expect.arrayContaining(layersOf(plain!)));
    }
  });

  test('of alexnet-bn: norms behind all but the last, also behind dense ones', () => {
    expect(orderOf(build(createAlexnetBn(), 227), 'conv2d', 'matMul', 'batchNorm')).toBe(
      `${'conv2d batchNorm '.repeat(5)}matMul batchNorm matMul batchNorm matMul`,
    );
    expect(layersOf(build(createAlexnetBn(), 227)).slice(-5)).toEqual([
      'classifier.0',
      'classifier.1',
      'classifier.4',
      'classifier.5',
      'classifier.8',
    ]);
  });

  test('dropout stands where the publications have it', () => {
    const order = (model: Model, size: number) => orderOf(build(model, size), 'dropout', 'matMul');
    const before = 'dropout matMul dropout matMul matMul';
    const behind = 'matMul dropout matMul dropout matMul';
    expect(order(createAlexnet(), 224)).toBe(before);
    expect(order(createAlexnetBn(), 227)).toBe(behind);
    expect(order(createCaffeAlexnet(), 227)).toBe(behind);
    expect(order(createAlexnet({ dropout: 0 }), 224)).toBe('matMul matMul matMul');
    expect(order(createAlexnetCifar(), 32)).toBe('matMul');
    expect(order(createAlexnetCifar({ dropout: 0.2 }), 32)).toBe('dropout matMul');
  });

  test('of caffe-alexnet: local response normalization behind the first two ReLUs', () => {
    const order = (model: Model) => orderOf(build(model, 227), 'relu', 'pow', 'maxPool');
    expect(order(createCaffeAlexnet())).toMatch(
      /^relu pow maxPool relu pow maxPool relu relu relu/,
    );
    expect(order(createCaffeAlexnet({ norm: 'none' }))).not.toMatch('pow');
    expect(orderOf(build(createCaffeAlexnet({ norm: 'batch' }), 227), 'pow')).toBe('');
  });
});

describe('first values', () => {
  const { normal, uniform, constant } = spread;

  test('are the defaults of PyTorch', () => {
    const start = initialValues(build(createAlexnet(), 224));
    expect(start['features.3.weight']).toBe(uniform(1 / Math.sqrt(64 * 25)));
    expect(start['features.3.bias']).toBe(uniform(1 / Math.sqrt(64 * 25)));
    expect(start['classifier.4.bias']).toBe(uniform(1 / 64));
  });

  test('of dense layers may be others than those of convolutions', () => {
    const start = initialValues(build(createAlexnet({ denseInit: 'normal-0.01' }), 224));
    expect(start['features.3.weight']).toBe(uniform(1 / Math.sqrt(64 * 25)));
    expect(start['classifier.4.weight']).toBe(normal(0.01));
    expect(start['classifier.6.bias']).toBe(constant(0));
  });

  test('of caffe-alexnet are those of Caffe: some biases are 0.1', () => {
    const start = initialValues(build(createCaffeAlexnet(), 227));
    const layers = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7', 'fc8'];
    expect(layers.map((name) => start[`${name}.bias`])).toEqual(
      [0, 0.1, 0, 0.1, 0.1, 0.1, 0.1, 0].map(constant),
    );
    expect(layers.map((name) => start[`${name}.weight`])).toEqual(
      [0.01, 0.01, 0.01, 0.01, 0.01, 0.005, 0.005, 0.01].map(normal),
    );
  });

  test('take all filters of grouped convolutions for the fan out', () => {
    const start = initialValues(build(createCaffeAlexnet({ init: 'he-normal-fan-out' }), 227));
    expect(start['conv2.weight']).toBe(normal(Math.sqrt(2 / (25 * 256))));
    expect(start['conv2.bias']).toBe(constant(0));
    expect(start['fc6.bias']).toBe(constant(0.1));
  });
});

describe('image sizes', () => {
  test.each([
    ['alexnet', createAlexnet(), 223],
    ['alexnet-bn', createAlexnetBn(), 223],
    ['caffe-alexnet', createCaffeAlexnet(), 227],
    ['alexnet-cifar', createAlexnetCifar(), 29],
  ] as const)('%s takes its smallest size and larger ones, no smaller', (name, model, smallest) => {
    for (const size of [smallest, smallest + 1, 2 * smallest]) {
      expect(build(model, size, 7).output.shape).toEqual(['batch', 7]);
    }
    expect(() => build(model, smallest - 1)).toThrow(
      `${name}: needs images of at least ${smallest} x ${smallest} pixels`,
    );
  });

  test('larger maps are averaged to 6 x 6 pixels', () => {
    const weight = (size: number) =>
      build(createAlexnet(), size).parameters.find(({ name }) => name === 'classifier.1.weight')!;
    expect([weight(224).flattened, weight(450).flattened]).toEqual([
      [6, 6, 256],
      [6, 6, 256],
    ]);
  });
});

test('options that make no sense are refused', () => {
  expect(() => createAlexnet({ norm: 'instance' } as object)).toThrow(/model "alexnet".*norm/);
  expect(() => createAlexnet({ norm: 'local-response' } as object)).toThrow(/model "alexnet"/);
  expect(() => createCaffeAlexnet({ dropout: 1 })).toThrow(/model "caffe-alexnet"/);
});

test('the registered names make networks of these names', async () => {
  expect(Object.keys(alexnetParts)).toEqual([
    'alexnet',
    'alexnet-bn',
    'alexnet-cifar',
    'caffe-alexnet',
  ]);
  for (const [name, part] of Object.entries(alexnetParts)) {
    const model = await part.create({ options: part.options.parse({}), deps: {} });
    expect(model.name).toBe(name);
  }
});
