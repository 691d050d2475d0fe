import { describe, expect, test } from '@jest/globals';
import {
  NetworkBuilder,
  add,
  costReport,
  findChannels,
  flatten,
  input,
  instantiate,
  maxPool,
  mean,
  program,
  relu,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { factorShape, randomFactors } from '../testing/random-factors.ts';
import { networkOutput } from '../testing/network-output.ts';
import { kernelParameters, oneTask, seededState, withDelta } from '../testing/seeded-state.ts';
import { compressNetwork } from './compress-network.ts';
import type { CompressedState } from '@pare/core';
import type { Network, Value } from '@pare/graph';

/** A stem and a residual branch of two convolutions, then pooling and a dense layer. */
function residual(bias = true): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([6, 6, 2]);
  const conv = (name: string, from: Value) =>
    builder.conv2d(name, from, { filters: 4, kernel: 3, padding: 1, bias });
  const stem = relu(conv('stem', x));
  const branch = relu(builder.batchNorm('bn1', conv('conv1', stem)));
  const sum = relu(add(builder.batchNorm('bn2', conv('conv2', branch)), stem));
  const pooled = flatten(maxPool(sum, { size: 3 }));
  return builder.build('residual', x, builder.dense('fc', pooled, { units: 3 }));
}

/** The state with rank 0 for some kernels, and what it should compute. */
function withRankZero(network: Network, layers: readonly string[]) {
  const state = seededState(network);
  const tasks = kernelParameters(network)
    .filter(({ layer }) => layers.includes(layer))
    .map((kernel) => oneTask(kernel, factorShape(kernel, 0)));
  return { after: compressNetwork(state, tasks), expected: withDelta(state, tasks), tasks };
}

const names = (state: CompressedState) => state.network.parameters.map(({ name }) => name);

describe('a layer of rank 0', () => {
  test.each([true, false])('gives its bias for each image and pixel; with bias: %s', (bias) => {
    const network = residual(bias);
    const { after, expected } = withRankZero(network, ['conv2']);
    expect(networkOutput(after)).toEqual(networkOutput(expected));
    expect(after.decisions).toEqual([
      {
        task: 'conv2',
        layer: 'conv2',
        weight: 'conv2.weight',
        form: 'constant',
        rank: 0,
        reason: 'rank 0: the output is the bias',
        parameters: [],
      },
    ]);
  });

  test('takes with it what only it has read, and costs nothing', () => {
    const { after } = withRankZero(residual(), ['conv2']);
    expect(names(after)).toEqual([
      'stem.weight',
      'stem.bias',
      'conv2.bias',
      'bn2.weight',
      'bn2.bias',
      'bn2.running_mean',
      'bn2.running_var',
      'fc.weight',
      'fc.bias',
    ]);
    expect([...after.weights.keys()]).toEqual(names(after));
    const { macs, parameters } = costReport(after.network);
    expect([macs, parameters]).toEqual([36 * 4 * 18 + 16 * 3, 72 + 4 + 4 + 8 + 48 + 3]);
  });

  test('is said to be removed with its neighbour where that has rank 0 too; other compressed ones as well', () => {
    const state = seededState(residual());
    const [, conv1, conv2] = kernelParameters(state.network);
    const all = (ranks: readonly [number, number]) =>
      compressNetwork(state, [
        oneTask(conv1!, randomFactors(conv1!, ranks[0])),
        oneTask(conv2!, factorShape(conv2!, ranks[1])),
      ]).decisions.map(({ form, reason }) => [form, reason]);
    const removed = ['removed', 'only layers of rank 0 read what it gives'];
    const constant = ['constant', 'rank 0: the output is the bias'];
    expect(all([1, 0])).toEqual([removed, constant]);
    expect(all([0, 0])).toEqual([removed, constant]);
  });

  test('keeps its kernel, all zero, where its op is none that two layers can replace', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([3, 3, 4]);
    const y = builder.conv2d('conv', x, { filters: 4, kernel: 2, groups: 2 });
    const { after } = withRankZero(builder.build('grouped', x, mean(y, [1, 2])), ['conv']);
    expect(after.decisions).toMatchObject([{ form: 'dense', rank: 0 }]);
    expect(new Set(after.weights.get('conv.weight')!.data)).toEqual(new Set([0]));
  });
});

describe('a network whose layers all have rank 0', () => {
  const { after, expected } = withRankZero(residual(), ['stem', 'conv1', 'conv2', 'fc']);

  test('gives the last bias for each image', () => {
    expect(networkOutput(after)).toEqual(networkOutput(expected));
    expect(names(after)).toEqual(['fc.bias']);
    expect(costReport(after.network)).toMatchObject({ macs: 0, parameters: 3 });
  });

  test('still takes batches of any size and name, of numbers that are not finite too', () => {
    const x = input('pixels', ['n', 6, 6, 2]);
    const { output } = instantiate(after.network, { mode: 'train', input: x });
    const feeds = { pixels: { shape: [5, 6, 6, 2], data: new Float32Array(360).fill(Infinity) } };
    const { y } = evaluate(program({ outputs: { y: output } }), feeds, after.weights).outputs;
    expect(y!.shape).toEqual([5, 3]);
    const bias = [...after.weights.get('fc.bias')!.data];
    expect([...y!.data]).toEqual([bias, bias, bias, bias, bias].flat());
  });

  test('has fixed channels only', () => {
    expect(findChannels(after.network).groups.every(({ fixed }) => fixed !== undefined)).toBe(true);
  });
});
