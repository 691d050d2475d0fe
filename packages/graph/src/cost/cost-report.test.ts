import { describe, expect, test } from '@jest/globals';
import { add } from '../ops/add.ts';
import { avgPool } from '../ops/avg-pool.ts';
import { flatten } from '../ops/flatten.ts';
import { maxPool } from '../ops/max-pool.ts';
import { mul } from '../ops/mul.ts';
import { relu } from '../ops/relu.ts';
import { matMul } from '../ops/mat-mul.ts';
import { dropout } from '../ops/dropout.ts';
import { NetworkBuilder } from '../network/network-builder.ts';
import { costReport } from './cost-report.ts';
import type { Network } from '../network/network.ts';

function lenet300(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([784]);
  const first = relu(builder.dense('fc1', x, { units: 300 }));
  const second = relu(builder.dense('fc2', dropout(first, 0.5), { units: 100 }));
  return builder.build('lenet-300-100', x, builder.dense('fc3', second, { units: 10 }));
}

function lenet5(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([28, 28, 1]);
  const a = maxPool(builder.conv2d('conv1', x, { filters: 20, kernel: 5 }), { size: 2 });
  const b = maxPool(builder.conv2d('conv2', a, { filters: 50, kernel: 5 }), { size: 2 });
  const c = relu(builder.dense('fc1', flatten(b), { units: 500 }));
  return builder.build('lenet-5', x, builder.dense('fc2', c, { units: 10 }));
}

function residual(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([4, 4, 2]);
  const conv = (name: string, from: typeof x) =>
    builder.conv2d(name, from, { filters: 2, kernel: 3, padding: 1, bias: false });
  const stem = relu(builder.batchNorm('norm0', conv('conv0', x)));
  const inner = relu(builder.batchNorm('norm1', conv('conv1', stem)));
  const sum = relu(add(builder.batchNorm('norm2', conv('conv2', inner)), stem));
  return builder.build(
    'residual',
    x,
    builder.dense('head', flatten(avgPool(sum, { size: 4 })), { units: 3 }),
  );
}

describe('LeNet-300-100', () => {
  const report = costReport(lenet300());

  test('has 266,610 parameters and 266,200 multiply-adds', () => {
    expect(report).toMatchObject({ parameters: 266610, macs: 266200, bytes: 4 * 266610 });
  });

  test('layer by layer', () => {
    expect(
      report.layers.map(({ layer, op, parameters, macs }) => [layer, op, parameters, macs]),
    ).toEqual([
      ['fc1', 'matMul', 235500, 235200],
      ['fc2', 'matMul', 30100, 30000],
      ['fc3', 'matMul', 1010, 1000],
    ]);
  });

  test('FLOPs count a multiply-add as two, and biases and rectifiers as one for each unit', () => {
    expect(report.flops).toBe(2 * 266200 + 300 + 300 + 100 + 100 + 10);
  });

  test('needs most memory in its first product: 784 in and 300 out', () => {
    expect(report.peakActivationBytes).toBe(4 * (784 + 300));
  });
});

describe('LeNet-5', () => {
  const report = costReport(lenet5());

  test('has 431,080 parameters and 2,293,000 multiply-adds', () => {
    expect(report).toMatchObject({ parameters: 431080, macs: 2293000 });
  });

  test('layer by layer', () => {
    expect(report.layers.map(({ layer, outputShape, macs }) => [layer, outputShape, macs])).toEqual(
      [
        ['conv1', [1, 24, 24, 20], 288000],
        ['conv2', [1, 8, 8, 50], 1600000],
        ['fc1', [1, 500], 400000],
        ['fc2', [1, 10], 5000],
      ],
    );
  });
});

describe('a residual network', () => {
  const report = costReport(residual());

  test('counts every convolution once and the shortcut as additions', () => {
    const conv = 4 * 4 * 2 * (3 * 3 * 2);
    expect(report.macs).toBe(3 * conv + 2 * 3);
    const norms = 3 * 2 * 32;
    const rectifiers = 3 * 32;
    expect(report.flops).toBe(2 * report.macs + norms + rectifiers + 32 + 32 + 3);
  });

  test('running statistics are no parameters', () => {
    expect(report.parameters).toBe(3 * 36 + 3 * 4 + 9);
  });

  test('lists each layer once, in order', () => {
    expect(report.layers.map((l) => l.layer)).toEqual([
      'conv0',
      'norm0',
      'conv1',
      'norm1',
      'conv2',
      'norm2',
      'head',
    ]);
  });

  test('peak memory is the shortcut: two images in, one out', () => {
    expect(report.peakActivationBytes).toBe(4 * 3 * 32);
  });
});

describe('grouped and depthwise convolutions', () => {
  test('cost what their filters cost', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([4, 4, 8]);
    const grouped = builder.conv2d('grouped', x, {
      filters: 8,
      kernel: 3,
      padding: 1,
      groups: 4,
      bias: false,
    });
    const y = builder.depthwiseConv2d('depthwise', grouped, { kernel: 3, padding: 1, bias: false });
    const { layers } = costReport(builder.build('net', x, y));
    expect(layers.map((l) => l.macs)).toEqual([16 * 8 * 9 * 2, 16 * 8 * 9]);
    expect(layers.map((l) => l.window?.groups)).toEqual([4, 8]);
  });
});

describe('the window of a layer', () => {
  test('is that of its convolution; a dense layer has none', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([9, 7, 3]);
    const conv = builder.conv2d('conv', x, { filters: 2, kernel: [5, 3], strides: [2, 1] });
    const y = builder.dense('fc', flatten(conv), { units: 2 });
    const { layers } = costReport(builder.build('net', x, y));
    expect(layers.map((l) => l.window)).toEqual([
      { size: [5, 3], strides: [2, 1], groups: 1 },
      undefined,
    ]);
  });
});

test('a layer is what its parameters are used in, whatever pooling follows', () => {
  const builder = new NetworkBuilder();
  const x = builder.input([8, 8, 2]);
  const y = maxPool(builder.batchNorm('norm', x), { size: 3, strides: 1 });
  const { layers } = costReport(builder.build('net', x, y));
  // 2 operations for each of 128 numbers, and 9 for each of 72.
  expect(layers).toMatchObject([{ outputShape: [1, 8, 8, 2], flops: 2 * 128 + 9 * 72 }]);
});

test('activations of training are what all layers give: 300, 100 and 10 numbers', () => {
  expect(costReport(lenet300()).activationBytes).toBe(4 * (300 + 100 + 10));
});

describe('work on weights', () => {
  test('is no work of the network', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([5]);
    const weight = builder.parameter('d.weight', [5, 2], {
      role: 'weight',
      layout: 'io',
      initializer: { kind: 'constant', value: 1 },
    });
    const network = builder.build('masked', x, matMul(x, mul(weight, 2)));
    expect(costReport(network)).toMatchObject({ macs: 10, flops: 20, parameters: 10 });
  });
});
