import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, addParameters, dense, flatten, ones, relu } from '@pare/graph';
import { createCompression } from '../compressions/create-compression.ts';
import { oracleNumbers } from '../testing/oracle-numbers.ts';
import { networkOutput } from '../testing/network-output.ts';
import { randomFactors } from '../testing/random-factors.ts';
import { oneTask, seededState, withDelta } from '../testing/seeded-state.ts';
import { stepContext } from '../testing/step-context.ts';
import { compressNetwork } from './compress-network.ts';
import type { PartReference } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';
import type { CompressedTask } from './compress-network.ts';

/** A convolution with norm, one of two groups, and a dense layer on the flattened image. */
function smallNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([4, 4, 2]);
  const conv = builder.conv2d('conv', x, { filters: 6, kernel: 3, padding: 'same' });
  const grouped = builder.conv2d('group', relu(builder.batchNorm('bn', conv)), {
    filters: 4,
    kernel: 2,
    groups: 2,
  });
  return builder.build('small', x, builder.dense('fc', flatten(relu(grouped)), { units: 5 }));
}

const network = smallNetwork();
const state = seededState(network);
const named = (name: string): Parameter => network.parameters.find((p) => p.name === name)!;
const sizeOf = ({ shape }: Parameter) => shape.reduce((a, b) => a * b, 1);

/** Θ of random weights for the parameters together. */
function taskOf(names: string[], ...parts: PartReference[]): CompressedTask {
  const parameters = names.map(named);
  const count = parameters.map(sizeOf).reduce((a, b) => a + b);
  const theta = createCompression(parts).compress(oracleNumbers(3, count), stepContext(count));
  return { task: { name: names.join(' '), parameters }, theta };
}

const names = (of: Network) => of.parameters.map(({ name }) => name);
const numbers = (data: ArrayLike<number>) => new Set(Array.from(data)).size;

describe('codebooks and sparse weights', () => {
  const tasks = [
    taskOf(['conv.weight', 'fc.weight'], { name: 'adaptive-quantization', centroids: 3 }),
    taskOf(['group.weight'], { name: 'l0-constraint', kept: 7 }),
  ];
  const { network: after, weights, decisions } = compressNetwork(state, tasks);

  test('leave the graph as it is and give the kernels their values', () => {
    expect(after).toEqual(network);
    expect(numbers(weights.get('conv.weight')!.data)).toBe(3);
    expect(numbers(weights.get('fc.weight')!.data)).toBe(3);
    expect(weights.get('group.weight')!.data.filter((w) => w !== 0)).toHaveLength(7);
    expect(weights.get('bn.running_var')).toBe(state.weights.get('bn.running_var'));
  });

  test('compute exactly what Δ does', () => {
    expect(networkOutput({ network: after, weights })).toEqual(
      networkOutput(withDelta(state, tasks)),
    );
  });

  test('are stated for each kernel, in the order of the tasks', () => {
    expect(decisions.map(({ task, weight, form, reason }) => [task, weight, form, reason])).toEqual(
      [
        ['conv.weight fc.weight', 'conv.weight', 'codebook', '3 values'],
        ['conv.weight fc.weight', 'fc.weight', 'codebook', '3 values'],
        ['group.weight', 'group.weight', 'sparse', '7 of 48 weights'],
      ],
    );
    expect(decisions[2]!.parameters).toEqual([{ name: 'group.weight', content: 'sparse' }]);
  });
});

describe('two layers for one', () => {
  const fc = oneTask(named('fc.weight'), randomFactors(named('fc.weight'), 2));
  const conv = oneTask(named('conv.weight'), randomFactors(named('conv.weight'), 1));

  test('are named as parts of a sequence are in PyTorch and stand where the layer stood; the second has the bias', () => {
    const { network: after, weights, decisions } = compressNetwork(state, [fc, conv]);
    expect(names(after)).toEqual([
      'conv.0.weight',
      'conv.1.weight',
      'conv.1.bias',
      ...names(network).filter((name) => /^(bn|group)/.test(name)),
      'fc.0.weight',
      'fc.1.weight',
      'fc.1.bias',
    ]);
    expect([...weights.keys()]).toEqual(names(after));
    expect(weights.get('fc.1.bias')).toBe(state.weights.get('fc.bias'));
    expect(after.parameters.at(-1)).toMatchObject({ layer: 'fc.1', role: 'bias' });
    // The first dense layer reads the image that the layer read.
    expect(after.parameters.at(-3)).toMatchObject({ shape: [36, 2], flattened: [3, 3, 4] });
    expect(after.parameters.at(-2)).toMatchObject({ shape: [2, 5], flattened: undefined });
    expect(decisions.map(({ weight, form, rank, reason }) => [weight, form, rank, reason])).toEqual(
      [
        ['fc.weight', 'factored', 2, '82 numbers instead of 180'],
        ['conv.weight', 'factored', 1, '24 numbers instead of 108'],
      ],
    );
    expect(decisions[0]!.parameters).toEqual([
      { name: 'fc.0.weight', content: 'factor' },
      { name: 'fc.1.weight', content: 'factor' },
    ]);
  });

  test('have other names where the network has layers of these', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([9]);
    const hidden = builder.dense('fc', builder.dense('fc.0', x, { units: 8 }), { units: 9 });
    const own = seededState(builder.build('names', x, hidden));
    const kernel = own.network.parameters.find(({ name }) => name === 'fc.weight')!;
    const { network: after } = compressNetwork(own, [oneTask(kernel, randomFactors(kernel, 1))]);
    expect(names(after)).toEqual([
      'fc.0.weight',
      'fc.0.bias',
      'fc.factors.0.weight',
      'fc.factors.1.weight',
      'fc.factors.1.bias',
    ]);
  });

  test('come only where they are smaller: otherwise the kernel takes the product', () => {
    // 36 · 5 / 41 = 4.4 and 2 · 9 · 6 / (18 + 6) = 4.5.
    const tasks = ['fc.weight', 'conv.weight'].flatMap((name) =>
      [4, 5].map((rank) => oneTask(named(name), randomFactors(named(name), rank))),
    );
    const decisions = tasks.map((task) => {
      const after = compressNetwork(state, [task]);
      const [{ form, rank, reason }] = after.decisions as [(typeof after.decisions)[number]];
      if (form === 'dense')
        expect(networkOutput(after)).toEqual(networkOutput(withDelta(state, [task])));
      return [form, rank, reason];
    });
    expect(decisions).toEqual([
      ['factored', 4, '164 numbers instead of 180'],
      ['dense', 5, 'full rank: 5 of a 5 x 36 matrix'],
      ['factored', 4, '96 numbers instead of 108'],
      ['dense', 5, 'rank 5 of a 6 x 18 matrix takes 120 numbers, the matrix 108'],
    ]);
  });

  test('do not come for grouped convolutions, nor for kernels that are read twice or otherwise', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([8]);
    const kernel = builder.parameter('fc.weight', [8, 8], {
      role: 'weight',
      layout: 'io',
      initializer: ones,
    });
    const twice = builder.build('twice', x, dense(relu(dense(x, kernel)), kernel));
    const cases: [Network, string, string][] = [
      [network, 'group.weight', 'rank 1, but a convolution of 2 groups reads it'],
      [twice, 'fc.weight', 'rank 1, but 2 ops read it'],
    ];
    for (const [of, name, reason] of cases) {
      const own = seededState(of);
      const parameter = of.parameters.find((one) => one.name === name)!;
      const tasks = [oneTask(parameter, randomFactors(parameter, 1))];
      const after = compressNetwork(own, tasks);
      expect(after.decisions).toMatchObject([{ form: 'dense', rank: 1, reason }]);
      expect(after.network).toEqual(of);
      expect(networkOutput(after)).toEqual(networkOutput(withDelta(own, tasks)));
    }
  });
});

test('what lies beside the graph stays', () => {
  const beside = addParameters(network, [
    { name: 'lc:multiplier', layer: 'conv', shape: [3], initializer: ones },
  ]);
  const own = seededState(beside);
  const extra = { dtype: 'float32', shape: [1], data: Float32Array.of(5) } as const;
  const kernel = named('conv.weight');
  const { network: after, weights } = compressNetwork(
    { network: beside, weights: new Map([...own.weights, ['lc:other', extra]]) },
    [oneTask(kernel, randomFactors(kernel, 1))],
  );
  expect(names(after).at(-1)).toBe('lc:multiplier');
  expect(weights.get('lc:multiplier')).toBe(own.weights.get('lc:multiplier'));
  expect(weights.get('lc:other')).toBe(extra);
  expect(weights.has('conv.weight')).toBe(false);
});
