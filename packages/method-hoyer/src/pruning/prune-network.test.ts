import { describe, expect, test } from '@jest/globals';
import { toTorchLayout } from '@pare/core';
import { P, W } from '../testing/oracle-inputs.ts';
import { networkOf } from '../testing/network-of.ts';
import { valued } from '../testing/parameters.ts';
import { tensorSparsity } from '../report/tensor-sparsity.ts';
import { pruneNetwork } from './prune-network.ts';
import { populationDeviation } from './population-deviation.ts';
import type { PruningRule } from './threshold.ts';

const fc = valued('fc.weight', 'dense', [4, 5], P);
const everything = { biases: true, normScales: true };

/** Pattern of what is left of P, row by row in PyTorch's order, and the counts. */
function prune(rule: PruningRule) {
  const { network, weights } = networkOf([fc]);
  const after = pruneNetwork(network, weights, { ...rule, ...everything }).weights.get(
    'fc.weight',
  )!;
  const bits = [...toTorchLayout(fc, after.data)]
    .map((value) => (value === 0 ? '0' : '1'))
    .join('');
  const { elements, channels, filters } = tensorSparsity(fc, after);
  return {
    rows: bits.match(/.{5}/g)!.join('/'),
    kept: elements.alive,
    dim0: channels!.alive,
    dim1: filters!.alive,
  };
}

describe('pruning', () => {
  // Oracle O5.
  test('at a share of the standard deviation keeps what the original keeps', () => {
    expect(populationDeviation(P)).toBeCloseTo(0.2322684, 7);
    const half = { rows: '11110/10101/11111/01010', kept: 14, dim0: 5, dim1: 4 };
    expect(prune({ rule: 'std-ratio', sensitivity: 0.5 })).toEqual(half);
    const whole = prune({ rule: 'std-ratio', sensitivity: 1 });
    expect(whole).toMatchObject({ rows: '10010/10101/01001/01010', kept: 9 });
    expect(prune({ rule: 'std-ratio', sensitivity: 0 }).kept).toBe(20);
  });

  test('at a fixed threshold compares in float32, and ties survive', () => {
    expect(P.some((value) => Math.abs(value) === Math.fround(0.1))).toBe(true);
    const low = prune({ rule: 'fixed', threshold: 0.1 });
    expect(low).toMatchObject({ rows: '11111/10101/11111/11010', kept: 16 });
    const high = { rows: '00000/10101/00000/01010', kept: 5, dim0: 5, dim1: 2 };
    expect(prune({ rule: 'fixed', threshold: 0.275 })).toEqual(high);
  });

  test('gives each tensor its own threshold and removes nothing from a constant one', () => {
    const constant = valued('fc.bias', 'bias', [3], [0.5, 0.5, 0.5]);
    const { network, weights } = networkOf([fc, constant]);
    const { pruned } = pruneNetwork(network, weights, {
      rule: 'std-ratio',
      sensitivity: 0.5,
      ...everything,
    });
    expect(pruned.map(({ name }) => name)).toEqual(['fc.weight', 'fc.bias']);
    expect(pruned[0]!.threshold).toBeCloseTo(0.1161342, 7);
    expect(pruned[1]).toMatchObject({ threshold: 0, alive: 3 });
  });

  test('leaves biases alone where asked, and never touches the weights it was given', () => {
    const bias = valued('fc.bias', 'bias', [2], [0.01, 1]);
    const { network, weights } = networkOf([fc, bias]);
    const settings = { rule: 'fixed', threshold: 0.1, biases: false, normScales: true } as const;
    const after = pruneNetwork(network, weights, settings).weights;
    expect(after.get('fc.bias')).toBe(bias.value);
    expect(weights.get('fc.weight')!.data).not.toContain(0);
  });

  test('stops at NaN and names the tensor', () => {
    const broken = valued(
      'fc9.weight',
      'dense',
      [3, 4],
      W.map((value, i) => (i === 0 ? NaN : value)),
    );
    const { network, weights } = networkOf([broken]);
    const run = () =>
      pruneNetwork(network, weights, { rule: 'fixed', threshold: 0.1, ...everything });
    expect(run).toThrow(/"fc9.weight" cannot be pruned, its element 0 is NaN/);
  });
});
