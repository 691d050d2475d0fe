import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { randomFactors } from '../testing/random-factors.ts';
import { oneTask } from '../testing/seeded-state.ts';
import { kernelsOf } from './kernel.ts';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';

const builder = new NetworkBuilder();
const x = builder.input([4]);
const hidden = builder.dense('fc1', x, { units: 3, bias: false });
const network = builder.build('small', x, builder.dense('fc2', hidden, { units: 2, bias: false }));
const [first, second] = network.parameters;

const codes = (count: number): CompressedWeights => ({
  kind: 'codebook',
  codebook: Float32Array.of(-1, 2),
  indices: Uint8Array.from({ length: count }, (_, i) => i % 2),
});

describe('kernelsOf', () => {
  test('gives each parameter of a group its own weights, in order', () => {
    const task = { name: 'all', parameters: [second!, first!] };
    expect(kernelsOf(network, [{ task, theta: codes(18) }])).toEqual([
      { task: 'all', parameter: second, theta: codes(6) },
      { task: 'all', parameter: first, theta: codes(12) },
    ]);
  });

  test('finds parameters by name, so that those of a network from a file will do', () => {
    const copy = structuredClone({ ...first!, variable: undefined });
    const [kernel] = kernelsOf(network, [oneTask({ ...first!, ...copy, variable: x }, codes(12))]);
    expect(kernel!.parameter).toBe(first);
  });

  test('refuses a parameter that the network does not have', () => {
    expect(() =>
      kernelsOf(network, [oneTask({ ...first!, name: 'fc9.weight' }, codes(12))]),
    ).toThrow(
      'task "fc1": the network "small" has no parameter "fc9.weight". The compressed weights belong to another network.',
    );
  });

  test('refuses a parameter in two tasks', () => {
    const all = { task: { name: 'all', parameters: [first!, second!] }, theta: codes(18) };
    expect(() => kernelsOf(network, [all, oneTask(second!, codes(6))])).toThrow(
      'The parameter "fc2.weight" is in the tasks "all" and "fc2"; each weight is compressed once. For a sum, list its parts in one task.',
    );
  });

  test('refuses weights of another size, and a product for several layers', () => {
    expect(() => kernelsOf(network, [oneTask(first!, codes(6))])).toThrow(
      'The compressed weights are 6 numbers; expected 12. They belong to another layer or network.',
    );
    const task = { name: 'all', parameters: [second!, { ...second!, name: 'fc1.weight' }] };
    const same = new NetworkBuilder();
    const start = same.input([3]);
    const both = same.dense('fc1', start, { units: 3, bias: false });
    const pair = same.build('pair', start, same.dense('fc2', both, { units: 3, bias: false }));
    const product = randomFactors({ ...first!, shape: [3, 6] }, 1);
    expect(() => kernelsOf(pair, [{ task, theta: product }])).toThrow(
      'A product of matrices, [6, 3] of rank 1, stands for one layer; received several. Give each layer an entry of its own.',
    );
  });
});
