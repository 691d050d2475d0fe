import { describe, expect, test } from '@jest/globals';
import {
  NetworkBuilder,
  costReport,
  findChannels,
  flatten,
  networkFromJson,
  networkToJson,
  relu,
} from '@pare/graph';
import { createCompression } from '../compressions/create-compression.ts';
import { expectNear } from '../testing/expect-near.ts';
import { networkOutput } from '../testing/network-output.ts';
import { oracleNumbers } from '../testing/oracle-numbers.ts';
import { randomFactors } from '../testing/random-factors.ts';
import { oneTask, seededState, withDelta } from '../testing/seeded-state.ts';
import { stepContext } from '../testing/step-context.ts';
import { compressNetwork } from './compress-network.ts';
import type { PartReference } from '@pare/core';
import type { NetworkJson, Parameter } from '@pare/graph';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';
import type { CompressedTask } from './compress-network.ts';

/** Large enough that parts of a sum are worth their places in the file. */
function network() {
  const builder = new NetworkBuilder();
  const x = builder.input([4, 4, 8]);
  const conv = relu(builder.conv2d('conv', x, { filters: 24, kernel: [3, 2], strides: [2, 1] }));
  return builder.build('sums', x, builder.dense('fc', flatten(conv), { units: 60 }));
}

const state = seededState(network());
const named = (name: string): Parameter =>
  state.network.parameters.find((parameter) => parameter.name === name)!;

function part(kernel: Parameter, seed: number, config: PartReference): CompressedWeights {
  const count = kernel.shape.reduce((a, b) => a * b, 1);
  return createCompression(config).compress(oracleNumbers(seed, count), stepContext(count));
}

const sumOf = (...parts: CompressedWeights[]): CompressedWeights => ({ kind: 'sum', parts });
const sparse = (kernel: Parameter, kept = 20, seed = 5) =>
  part(kernel, seed, { name: 'l0-constraint', kept });
const codebook = (kernel: Parameter, centroids = 2) =>
  part(kernel, 6, { name: 'adaptive-quantization', centroids });

const [conv, fc] = [named('conv.weight'), named('fc.weight')];

const compress = (task: CompressedTask) => ({
  ...compressNetwork(state, [task]),
  expected: networkOutput(withDelta(state, [task])),
});

describe('a sum of a codebook and single weights', () => {
  const tasks = [conv, fc].map((kernel) =>
    oneTask(kernel, sumOf(sparse(kernel), codebook(kernel))),
  );

  test('is one of two parameters, each with its own kind of numbers', () => {
    const { network: after, weights, decisions } = compressNetwork(state, tasks);
    expect(decisions.map(({ form, parameters }) => [form, parameters])).toEqual(
      [conv, fc].map(({ name }) => [
        'sum',
        [
          { name: `${name}.sparse`, content: 'sparse' },
          { name: `${name}.codebook`, content: 'codebook' },
        ],
      ]),
    );
    expect(weights.get('fc.weight.sparse')!.data.filter((w) => w !== 0)).toHaveLength(20);
    expect(new Set(weights.get('fc.weight.codebook')!.data).size).toBe(2);
    expect(after.parameters.map(({ name }) => name).slice(0, 3)).toEqual([
      'conv.weight.sparse',
      'conv.weight.codebook',
      'conv.bias',
    ]);
    expect(after.parameters[0]).toMatchObject({ layer: 'conv', layout: 'hwio', role: 'weight' });
  });

  test('computes exactly what Δ does, at the same cost', () => {
    const after = compressNetwork(state, tasks);
    // The reference sums in float64; Δ was rounded to float32.
    expectNear(networkOutput(after), networkOutput(withDelta(state, tasks)), 1e-6);
    expect(costReport(after.network).macs).toBe(costReport(state.network).macs);
    for (const { name } of [conv, fc]) {
      const [a, b] = ['sparse', 'codebook'].map(
        (kind) => after.weights.get(`${name}.${kind}`)!.data,
      );
      expect(a!.map((value, i) => value + b![i]!)).toEqual(
        withDelta(state, tasks).weights.get(name)!.data,
      );
    }
  });

  test('is read from JSON as it was written, and its channels are found', () => {
    const { network: after } = compressNetwork(state, tasks);
    const text = JSON.stringify(networkToJson(after));
    const copy = networkFromJson(JSON.parse(text) as NetworkJson);
    expect(JSON.stringify(networkToJson(copy))).toBe(text);
    // A sum is not known to keep channels apart, so that none of its layer's can go.
    expect(findChannels(after).groups.filter(({ fixed }) => fixed === undefined)).toEqual([]);
  });
});

describe('a sum with a product', () => {
  test.each([
    ['dense', fc, undefined],
    ['scheme-1', conv, 'scheme-1'],
    ['scheme-2', conv, 'scheme-2'],
  ] as const)('computes what Δ does: %s', (_, kernel, scheme) => {
    const theta = sumOf(randomFactors(kernel, 2, scheme), sparse(kernel));
    const { expected, ...after } = compress(oneTask(kernel, theta));
    expectNear(networkOutput(after), expected, 1e-5);
    expect(after.decisions).toMatchObject([{ form: 'sum', rank: 2 }]);
    expect(after.decisions[0]!.parameters).toEqual([
      { name: `${kernel.name}.v`, content: 'factor' },
      { name: `${kernel.name}.u`, content: 'factor' },
      { name: `${kernel.name}.sparse`, content: 'sparse' },
    ]);
    expect(costReport(after.network).macs).toBe(costReport(state.network).macs);
  });

  test('is dense where its parts take more bytes', () => {
    const theta = sumOf(randomFactors(fc, 50), codebook(fc, 16));
    const { expected, ...after } = compress(oneTask(fc, theta));
    expect(after.decisions).toMatchObject([{ form: 'dense', rank: 50 }]);
    expect(after.decisions[0]!.reason).toMatch(/^its parts take \d+ bytes, their sum \d+$/);
    expect(networkOutput(after)).toEqual(expected);
    expect(after.network).toEqual(state.network);
  });
});

test('a sum of two values is dense: four values are smaller than two times two', () => {
  const theta = sumOf(codebook(fc), part(fc, 9, { name: 'scaled-binary' }));
  const { expected, ...after } = compress(oneTask(fc, theta));
  expect(after.decisions).toMatchObject([{ form: 'dense' }]);
  expect(networkOutput(after)).toEqual(expected);
});

describe('parts that are zero', () => {
  test('are left out, so that one part is what it is alone', () => {
    const none = sparse(fc, 0);
    const forms = [
      sumOf(none, codebook(fc)),
      sumOf(randomFactors(fc, 0), sparse(fc)),
      sumOf(randomFactors(fc, 2), none),
      sumOf(randomFactors(fc, 0), none),
    ].map((theta) => {
      const { expected, ...after } = compress(oneTask(fc, theta));
      expectNear(networkOutput(after), expected, 1e-5);
      return after.decisions[0]!.form;
    });
    expect(forms).toEqual(['codebook', 'sparse', 'factored', 'constant']);
  });
});

test('a kernel of a depthwise convolution can be a sum too', () => {
  const big = new NetworkBuilder();
  const x = big.input([2, 2, 900]);
  const y = flatten(big.depthwiseConv2d('deep', x, { kernel: 2 }));
  const own = seededState(big.build('depthwise', x, y));
  const [kernel] = own.network.parameters as [Parameter];
  const tasks = [
    oneTask(kernel, sumOf(sparse(kernel), codebook(kernel), randomFactors(kernel, 1))),
  ];
  const after = compressNetwork(own, tasks);
  expect(after.decisions).toMatchObject([{ form: 'sum' }]);
  expectNear(networkOutput(after), networkOutput(withDelta(own, tasks)), 1e-5);
});
