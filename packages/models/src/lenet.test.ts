import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, costReport } from '@pare/graph';
import { createLenet300100 } from './lenet-300-100.ts';
import { createLenet5 } from './lenet-5.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { opsOf } from './testing/ops-of.ts';
import type { ModelTask } from '@pare/core';
import type { Network } from '@pare/graph';

const mnist: ModelTask = { imageShape: [28, 28, 1], classes: 10 };

const mlp = (options: Parameters<typeof createLenet300100>[0] = {}, task = mnist): Network =>
  createLenet300100(options).build(new NetworkBuilder(), task);
const cnn = (options: Parameters<typeof createLenet5>[0] = {}, task = mnist): Network =>
  createLenet5(options).build(new NetworkBuilder(), task);

const { uniform, constant } = spread;

describe('lenet-300-100', () => {
  test('has the published parameters and multiply-adds', () => {
    const cost = costReport(mlp());
    expect(cost.layers.map(({ layer, parameters, macs }) => [layer, parameters, macs])).toEqual([
      ['fc1', 235_500, 235_200],
      ['fc2', 30_100, 30_000],
      ['fc3', 1_010, 1_000],
    ]);
    expect([cost.parameters, cost.macs]).toEqual([266_610, 266_200]);
  });

  test('names its parameters as PyTorch does, in order', () => {
    expect(mlp().parameters.map((p) => p.name)).toEqual([
      'fc1.weight',
      'fc1.bias',
      'fc2.weight',
      'fc2.bias',
      'fc3.weight',
      'fc3.bias',
    ]);
  });

  test('starts like the DeepHoyer code unless told otherwise', () => {
    const start = initialValues(mlp());
    expect(start).toMatchObject({
      'fc1.weight': uniform(1 / 28),
      'fc2.weight': uniform(1 / Math.sqrt(300)),
      'fc2.bias': uniform(1 / Math.sqrt(300)),
    });
    expect(initialValues(mlp({ preset: 'hoyer' }))).toEqual(start);
  });

  test('can start like the LC code: weights in ±sqrt(6 / (inputs + outputs)), biases 0', () => {
    expect(initialValues(mlp({ preset: 'lc' }))).toMatchObject({
      'fc2.weight': uniform(Math.sqrt(6 / 400)),
      'fc2.bias': constant(0),
    });
  });

  test('uses the activation and the dropout of its options, and never after the logits', () => {
    const ops = (options: Parameters<typeof mlp>[0]) =>
      opsOf(mlp(options), 'relu', 'tanh', 'dropout');
    expect(ops({})).toEqual(['relu', 'relu']);
    const classic = { preset: 'lc', dropout: 0.5 } as const;
    expect(ops(classic)).toEqual(['tanh', 'dropout', 'tanh', 'dropout']);
    expect(ops({ preset: 'lc', activation: 'relu' })).toEqual(['relu', 'relu']);
    expect(mlp(classic).output.node.op.name).toBe('add');
  });

  test('takes other images and other numbers of classes', () => {
    const network = mlp({}, { imageShape: [4, 5, 3], classes: 7 });
    expect(network.parameters[0]).toMatchObject({ shape: [60, 300], flattened: [4, 5, 3] });
    expect(network.output.shape).toEqual(['batch', 7]);
  });
});

describe('lenet-5', () => {
  test('has the published parameters and multiply-adds', () => {
    const cost = costReport(cnn());
    expect(cost.layers.map(({ layer, parameters, macs }) => [layer, parameters, macs])).toEqual([
      ['conv1', 520, 288_000],
      ['conv2', 25_050, 1_600_000],
      ['fc1', 400_500, 400_000],
      ['fc2', 5_010, 5_000],
    ]);
    expect([cost.parameters, cost.macs]).toEqual([431_080, 2_293_000]);
  });

  test('names its parameters as PyTorch does, and knows that fc1 reads 4 x 4 x 50', () => {
    const { parameters } = cnn();
    expect(parameters.map((p) => p.name.split('.')[0])).toEqual(
      ['conv1', 'conv2', 'fc1', 'fc2'].flatMap((layer) => [layer, layer]),
    );
    expect(parameters.find((p) => p.name === 'fc1.weight')!.flattened).toEqual([4, 4, 50]);
  });

  test('keeps the default start of its convolutions in the LC variant', () => {
    expect(initialValues(cnn({ preset: 'lc' }))).toMatchObject({
      'conv1.bias': uniform(1 / 5),
      'fc1.weight': uniform(Math.sqrt(6 / 1300)),
      'fc1.bias': constant(0),
    });
  });

  test('has dropout after fc1 only', () => {
    const ops = opsOf(cnn({ dropout: 0.5 }), 'relu', 'dropout');
    expect(ops).toEqual(['relu', 'relu', 'relu', 'dropout']);
  });

  test('works on 16 x 16 pixels and refuses fewer', () => {
    expect(cnn({}, { imageShape: [16, 16, 1], classes: 2 }).output.shape).toEqual(['batch', 2]);
    expect(() => cnn({}, { imageShape: [28, 15, 1], classes: 2 })).toThrow(
      'lenet-5: needs images of at least 16 x 16 pixels; received 28 x 15.',
    );
  });
});

describe('options and tasks that make no sense', () => {
  test.each([{ activation: 'sigmoid' }, { dropout: 1 }, { denseInit: 'zeros' }, { hidden: [3] }])(
    'lenet-300-100 refuses %j',
    (options) => {
      expect(() => createLenet300100(options as object)).toThrow(/model "lenet-300-100"/);
    },
  );

  test.each([
    [[28, 28, 0], 10],
    [[28, 28, 1], 0],
    [[28, 2.5, 1], 10],
  ] as const)('images %j with %j classes are refused', (imageShape, classes) => {
    expect(() => mlp({}, { imageShape, classes })).toThrow(/whole numbers from 1/);
  });
});
