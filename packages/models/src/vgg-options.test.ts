import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, topologicalOrder } from '@pare/graph';
import { initialValues, spread } from './testing/initial-values.ts';
import { opsOf } from './testing/ops-of.ts';
import { createVgg, vggParts } from './vgg.ts';
import type { ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

type Options = Parameters<typeof createVgg>[0] & object;

const vgg = (options: Options, size = 32): Network => {
  const task: ModelTask = { imageShape: [size, size, 3], classes: 10 };
  return createVgg(options).build(new NetworkBuilder(), task);
};
const layersOf = (network: Network, prefix: string) => [
  ...new Set(
    network.parameters.map(({ layer }) => layer).filter((name) => name.startsWith(prefix)),
  ),
];

describe('names', () => {
  test('follow torchvision, which counts convolutions, norms, ReLUs and poolings', () => {
    const plain = [0, 3, 6, 8, 11, 13, 16, 18].map((n) => `features.${n}`);
    expect(layersOf(vgg({ depth: 11 }), 'features')).toEqual(plain);
    const normed = [0, 1, 4, 5, 8, 9, 11, 12, 15, 16, 18, 19, 22, 23, 25, 26];
    expect(layersOf(vgg({ depth: 11, norm: 'batch' }), 'features')).toEqual(
      normed.map((n) => `features.${n}`),
    );
  });

  test.each([
    ['imagenet', ['classifier.0', 'classifier.3', 'classifier.6']],
    ['linear', ['classifier']],
    ['linear3', ['classifier.0', 'classifier.1', 'classifier.2']],
    ['hidden', ['classifier.1', 'classifier.4']],
    ['bip', ['classifier.0', 'classifier.2', 'classifier.4']],
    ['gap', ['classifier']],
  ] as const)('the layers of head "%s" are %j', (head, names) => {
    expect(layersOf(vgg({ depth: 2, head }, 64), 'classifier')).toEqual(names);
  });
});

describe('the head', () => {
  test('is the original one from 224 pixels, one dense layer for smaller images', () => {
    const layers = (size: number) => layersOf(vgg({ depth: 11 }, size), 'classifier').length;
    expect([32, 64, 223, 224, 300].map(layers)).toEqual([1, 1, 1, 3, 3]);
  });

  test('reads the mean of a larger map', () => {
    const weight = (head: 'linear' | 'imagenet' | 'bip', size: number) =>
      vgg({ depth: 11, head }, size).parameters.find(({ name }) =>
        /^classifier(\.0)?\.weight$/.test(name),
      )!;
    expect(weight('linear', 96).shape).toEqual([512, 10]);
    expect(weight('bip', 160).flattened).toEqual([2, 2, 512]);
    const dropping = vgg({ preset: 'bip', dropout: 0.5 }).parameters;
    expect(dropping.find(({ name }) => name === 'classifier.0.weight')!.flattened).toEqual([
      2, 2, 512,
    ]);
    expect(weight('imagenet', 448).flattened).toEqual([7, 7, 512]);
  });

  test('has ReLUs between its dense layers, except Hinge\'s "linear3"', () => {
    const inFeatures = 8;
    const relus = (head: Options['head']) =>
      opsOf(vgg({ depth: 11, head }, 224), 'relu').length - inFeatures;
    expect([relus('imagenet'), relus('hidden'), relus('bip')]).toEqual([2, 1, 2]);
    expect([relus('linear'), relus('linear3'), relus('gap')]).toEqual([0, 0, 0]);
  });

  test('of LC ends in a ReLU, unless told otherwise', () => {
    expect(vgg({ preset: 'lc' }).output.node.op.name).toBe('relu');
    expect(vgg({ preset: 'lc', logitsRelu: false }).output.node.op.name).toBe('add');
    expect(vgg({}).output.node.op.name).toBe('add');
  });

  test('of LCS has no bias, nor have the convolutions; those of BiP have none either', () => {
    const biases = (options: Options) =>
      vgg(options).parameters.filter(({ role }) => role === 'bias').length;
    expect([biases({ preset: 'lcs' }), biases({ preset: 'bip' }), biases({})]).toEqual([0, 3, 14]);
  });

  test('drops where the publications do, at rate 0.5, or at the rate given', () => {
    const order = (options: Options, size = 32) =>
      opsOf(vgg({ depth: 11, ...options }, size), 'dropout', 'matMul').join(' ');
    expect(order({}, 224)).toBe('matMul dropout matMul dropout matMul');
    expect(order({ preset: 'lc' })).toBe('dropout matMul dropout matMul');
    expect(order({})).toBe('matMul');
    expect(order({ dropout: 0.2 })).toBe('dropout matMul');
    expect(order({ preset: 'lc', dropout: 0 })).toBe('matMul matMul');
    const rates = (options: Options) =>
      topologicalOrder([vgg(options).output])
        .filter(({ op }) => op.name === 'dropout')
        .map(({ attributes }) => attributes.rate);
    expect(rates({ preset: 'lc' })).toEqual([0.5, 0.5]);
    expect(rates({ preset: 'lc', dropout: 0.3 })).toEqual([0.3, 0.3]);
  });
});

describe('poolings', () => {
  const pools = (options: Options) => opsOf(vgg(options), 'maxPool', 'avgPool').join(' ');
  test.each([
    [{ depth: 11 }, 'maxPool maxPool maxPool maxPool maxPool'],
    [{ depth: 11, preset: 'lcs' }, 'maxPool maxPool maxPool maxPool avgPool'],
    // The map has 2 x 2 pixels, which is what the head reads.
    [{ depth: 11, preset: 'bip' }, 'maxPool maxPool maxPool maxPool'],
    [{ depth: 8, preset: 'bip' }, 'maxPool maxPool maxPool maxPool'],
    // A map of 8 x 8 pixels is averaged.
    [{ depth: 4, preset: 'bip' }, 'maxPool maxPool avgPool'],
  ] as const)('%j: %s', (options, names) => expect(pools(options)).toBe(names));
});

describe('first values', () => {
  const { normal, uniform, constant, signed } = spread;
  const he = (fan: number) => normal(Math.sqrt(2 / fan));

  test('are those of torchvision, DeepHoyer, Hinge and BiP by default', () => {
    for (const preset of [undefined, 'hoyer', 'hinge', 'bip'] as const) {
      const start = initialValues(vgg({ preset, depth: 11, norm: 'none' }));
      expect(start['features.3.weight']).toBe(he(9 * 128));
    }
    expect(initialValues(vgg({ depth: 11 }))).toMatchObject({
      'features.3.bias': constant(0),
      'classifier.weight': normal(0.01),
      'classifier.bias': constant(0),
    });
  });

  test('of LC: convolutions as these, dense layers as PyTorch', () => {
    const bound = 1 / Math.sqrt(512);
    expect(initialValues(vgg({ preset: 'lc' }))).toMatchObject({
      'features.0.weight': he(9 * 64),
      'features.0.bias': constant(0),
      'classifier.1.weight': uniform(bound),
      'classifier.1.bias': uniform(bound),
    });
  });

  test('of LCS follow the fan in', () => {
    expect(initialValues(vgg({ preset: 'lcs' }))).toMatchObject({
      'features.3.weight': he(9 * 64),
      'classifier.weight': he(512),
    });
  });

  test('BiP also knows uniform and signed ones', () => {
    const first = (init: Options['init']) =>
      initialValues(vgg({ preset: 'bip', init }))['features.0.weight'];
    expect(first('he-uniform-fan-out')).toBe(uniform(Math.sqrt(6 / 9 / 64)));
    expect(first('signed-fan-in')).toBe(signed(Math.sqrt(2 / 27)));
  });
});

describe('image sizes', () => {
  test.each([
    [{ depth: 16 }, 32],
    [{ depth: 'ef' }, 32],
    [{ depth: 2 }, 4],
    [{ depth: 16, lastPool: 'none' }, 16],
    [{ depth: 16, preset: 'lcs' }, 32],
    [{ depth: 16, preset: 'bip' }, 32],
    [{ depth: 8, preset: 'bip' }, 32],
    [{ depth: 4, preset: 'bip' }, 8],
    [{ depth: 16, head: 'imagenet' }, 224],
    [{ depth: 2, head: 'imagenet' }, 28],
  ] as const)('%j takes %d pixels and no fewer', (options, smallest) => {
    expect(vgg(options, smallest).output.shape).toEqual(['batch', 10]);
    expect(() => vgg(options, smallest - 1)).toThrow(
      new RegExp(`^vgg.*: needs images of at least ${smallest} x ${smallest} pixels`),
    );
  });

  test('the sentence names the head that asks for more', () => {
    expect(() => vgg({ head: 'imagenet' }, 64)).toThrow(
      'vgg with head "imagenet": needs images of at least 224 x 224 pixels; received 64 x 64.',
    );
  });

  test('need not be square', () => {
    const task: ModelTask = { imageShape: [40, 100, 1], classes: 3 };
    const network = createVgg({ depth: 11 }).build(new NetworkBuilder(), task);
    expect(network.output.shape).toEqual(['batch', 3]);
  });
});

describe('registered names', () => {
  const build = async (name: string, input: object) => {
    const part = vggParts[name]!;
    const model = await part.create({ options: part.options.parse(input), deps: {} });
    return model.build(new NetworkBuilder(), { imageShape: [32, 32, 3], classes: 10 });
  };
  const norms = (network: Network) => opsOf(network, 'batchNorm', 'groupNorm');

  test('ending in -bn have batch norm by default, the others none', async () => {
    expect(norms(await build('vgg-13', {}))).toHaveLength(0);
    expect(norms(await build('vgg-13-bn', {}))).toHaveLength(10);
    expect(norms(await build('vgg-13-bn', { norm: 'group' }))[0]).toBe('groupNorm');
  });

  test('take presets, which know their depth', async () => {
    const network = await build('vgg-16', { preset: 'bip' });
    expect(opsOf(network, 'maxPool')).toHaveLength(4);
    expect(norms(await build('vgg-16', { preset: 'hinge' }))).toHaveLength(13);
  });

  test('have a depth that cannot be changed', () => {
    expect(vggParts['vgg-16']!.options.safeParse({ depth: 11 }).success).toBe(false);
  });
});

test.each([{ depth: 12 }, { norm: 'layer' }, { head: 'mlp' }, { dropout: 1 }, { preset: 'x' }])(
  '%j is refused',
  (options) => expect(() => createVgg(options as object)).toThrow(/model "vgg"/),
);
