import { describe, expect, test } from '@jest/globals';
import { dimensionInput, input } from '../ops/input.ts';
import { constant } from '../ops/constant.ts';
import { dropout } from '../ops/dropout.ts';
import { flatten } from '../ops/flatten.ts';
import { mul } from '../ops/mul.ts';
import { relu } from '../ops/relu.ts';
import { slice } from '../ops/slice.ts';
import { nameOf, variable } from '../ops/variable.ts';
import { program } from '../program/program.ts';
import { evaluate } from '../testing/evaluate.ts';
import { seededValues } from '../testing/seeded-values.ts';
import { instantiate } from './instantiate.ts';
import { NetworkBuilder } from './network-builder.ts';
import type { Value } from '../ir/value.ts';
import type { Network } from './network.ts';

function normNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([1, 1, 1]);
  return builder.build('norm', x, builder.batchNorm('norm', x, { epsilon: 0, momentum: 0.5 }));
}

function dropoutNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([50]);
  return builder.build('drop', x, dropout(dropout(x, 0.5), 0.5));
}

const ops = (y: Value) => program({ outputs: { y } }).nodes.map((node) => node.op.name);
const seed = constant([1, 2], [2], 'int32');

describe('batch norm', () => {
  const state = new Map(
    Object.entries({ weight: 1, bias: 0, running_mean: 10, running_var: 4 }).map(([name, v]) => [
      `norm.${name}`,
      { shape: [1], data: [v] },
    ]),
  );
  const x = { shape: [2, 1, 1, 1], data: [12, 16] };

  test('in training uses the batch and updates the running statistics', () => {
    const { output, updates } = instantiate(normNetwork(), { mode: 'train' });
    expect(updates.map((u) => nameOf(u.variable))).toEqual([
      'norm.running_mean',
      'norm.running_var',
    ]);
    const { outputs, variables } = evaluate(
      program({ outputs: { y: output }, updates }),
      { x },
      state,
    );
    expect(Array.from(outputs.y!.data)).toEqual([-1, 1]);
    expect(variables.get('norm.running_mean')!.data[0]).toBe(12);
    expect(variables.get('norm.running_var')!.data[0]).toBe(6);
  });

  test('in evaluation uses the running statistics and updates nothing', () => {
    const { output, updates } = instantiate(normNetwork(), { mode: 'eval' });
    expect(updates).toEqual([]);
    expect(
      Array.from(evaluate(program({ outputs: { y: output } }), { x }, state).outputs.y!.data),
    ).toEqual([1, 3]);
  });

  test('updates the original variables, whatever stands in for them', () => {
    const network = normNetwork();
    const stand = new Map([['norm.running_mean', mul(network.parameters[2]!.variable, 0)]]);
    const { updates } = instantiate(network, { mode: 'train', weights: stand });
    expect(updates[0]!.variable).toBe(network.parameters[2]!.variable);
  });
});

describe('dropout', () => {
  test('is absent in evaluation, and at rate 0 in training', () => {
    expect(ops(instantiate(dropoutNetwork(), { mode: 'eval' }).output)).toEqual(['input']);
    const builder = new NetworkBuilder();
    const x = builder.input([5]);
    const idle = builder.build('idle', x, dropout(x, 0));
    expect(ops(instantiate(idle, { mode: 'train' }).output)).toEqual(['input']);
  });

  test('needs a seed in training', () => {
    expect(() => instantiate(dropoutNetwork(), { mode: 'train' })).toThrow(
      'dropout: a training program needs a seed input (int32 [2]); pass `seed` to instantiate().',
    );
  });

  test('scales what it keeps, and each layer has a stream of its own', () => {
    const { output } = instantiate(dropoutNetwork(), { mode: 'train', seed });
    const ones = { shape: [20, 50], data: new Float32Array(1000).fill(1) };
    const { data } = evaluate(program({ outputs: { y: output } }), { x: ones }).outputs.y!;
    const kept = data.filter((v) => v !== 0).length;
    expect(new Set(data)).toEqual(new Set([0, 4]));
    // Two independent halves keep a quarter; the same mask twice would keep a half.
    expect(kept).toBeGreaterThan(200);
    expect(kept).toBeLessThan(300);
  });

  test('draws the same mask for the same seed and another for another', () => {
    const mask = (words: number[]) => {
      const instance = instantiate(dropoutNetwork(), {
        mode: 'train',
        seed: constant(words, [2], 'int32'),
      });
      const ones = { shape: [1, 50], data: new Float32Array(50).fill(1) };
      return Array.from(
        evaluate(program({ outputs: { y: instance.output } }), { x: ones }).outputs.y!.data,
      );
    };
    expect(mask([1, 2])).toEqual(mask([1, 2]));
    expect(mask([1, 3])).not.toEqual(mask([1, 2]));
  });
});

describe('replaced inputs and weights', () => {
  function twoLayers(): Network {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 1]);
    const hidden = relu(builder.conv2d('conv', x, { filters: 6, kernel: 1, bias: false }));
    return builder.build(
      'two',
      x,
      builder.dense('dense', flatten(hidden), { units: 3, bias: false }),
    );
  }

  test('nothing replaced leaves the graph as it is', () => {
    const network = twoLayers();
    expect(instantiate(network, { mode: 'eval' }).output).toBe(network.output);
  });

  test('the input can be any value of the right shape', () => {
    const x = mul(input('pixels', ['n', 2, 2, 1]), 1 / 255);
    const { output, input: used } = instantiate(twoLayers(), { mode: 'eval', input: x });
    expect(used).toBe(x);
    expect(output.shape).toEqual(['n', 3]);
  });

  test('weights may have other sizes: flatten follows the channels', () => {
    const weights = new Map([
      ['conv.weight', variable('small.conv', [1, 1, 1, 2])],
      ['dense.weight', variable('small.dense', [8, 3])],
    ]);
    expect(instantiate(twoLayers(), { mode: 'eval', weights }).output.shape).toEqual(['batch', 3]);
  });

  test('weights may have run-time sizes', () => {
    const network = twoLayers();
    const [conv, dense] = network.parameters.map((p) => p.variable);
    const weights = new Map([
      ['conv.weight', slice(conv!, [0, 0, 0, 0], [1, 1, 1, 'k'])],
      ['dense.weight', slice(dense!, [0, 0], ['4*k', 3])],
    ]);
    const { output } = instantiate(network, { mode: 'eval', weights });
    const p = program({ inputs: [dimensionInput('k')], outputs: { y: output } });
    const values = new Map(
      network.parameters.map(({ name, shape }) => [
        name,
        {
          shape,
          data: seededValues(
            name,
            shape.reduce((a, b) => a * b),
          ),
        },
      ]),
    );
    const run = (k: number) =>
      evaluate(
        p,
        { x: { shape: [1, 2, 2, 1], data: [1, -2, 3, 4] }, k: { shape: [], data: [k] } },
        values,
      ).outputs.y!.data;
    const full = evaluate(
      program({ outputs: { y: network.output } }),
      { x: { shape: [1, 2, 2, 1], data: [1, -2, 3, 4] } },
      values,
    ).outputs.y!.data;
    expect(run(6)).toEqual(full);
    expect(run(2)).not.toEqual(full);
  });

  test('a weight that the network does not have is an error that names it', () => {
    const weights = new Map([['norm.wieght', variable('other', [1])]]);
    expect(() => instantiate(normNetwork(), { mode: 'eval', weights })).toThrow(
      'instantiate: the network "norm" has no "norm.wieght" to replace; it has: norm.weight, norm.bias, norm.running_mean, norm.running_var.',
    );
  });

  test('sizes that do not fit together are an error of the op', () => {
    const weights = new Map([['conv.weight', variable('small', [1, 1, 1, 2])]]);
    expect(() => instantiate(twoLayers(), { mode: 'eval', weights })).toThrow(
      'matMul: [batch, 8] does not multiply [24, 3].',
    );
  });
});
