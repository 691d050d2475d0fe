import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, flatten } from '@pare/graph';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import { nameFilled } from '../testing/name-fill.ts';
import { twoImages } from '../testing/two-images.ts';
import type { Network } from '@pare/graph';
import type { CompressedState, Method } from '@pare/core';

const methodOf = (options: object, warned: string[] = []): Method =>
  lcsMethod(lcsOptions.parse({ setting: 'unstructured', ...options }), {
    warn: (message) => warned.push(message),
  });

function warnings(network: Network, options: object): string[] {
  const warned: string[] = [];
  methodOf(options, warned).plan({ network, dataset: twoImages().info });
  return warned;
}

describe('norms', () => {
  test.each(['instance', 'group', 'none'] as const)('%s: for all variants', (norm) => {
    for (const variant of ['lcs-l', 'lcs-p', 'target-topk'])
      expect(warnings(lcsNetworks.cPreResNet20(norm), { variant })).toEqual([]);
  });

  test('batch: meant for the baseline, announced for the others', () => {
    const network = lcsNetworks.cPreResNet20('batch');
    expect(warnings(network, { variant: 'target-topk' })).toEqual([]);
    for (const variant of ['lcs-l', 'lcs-p'])
      expect(warnings(network, { variant })).toEqual([expect.stringMatching(/every share.*group/)]);
  });
});

test('a network without layers between the first and the last is refused', () => {
  const b = new NetworkBuilder();
  const x = b.input([4, 4, 2]);
  const y = flatten(b.conv2d('conv', x, { kernel: 1, filters: 4 }));
  const network = b.build('shallow', x, b.dense('fc', y, { units: 3 }));
  expect(() => warnings(network, {})).toThrow(/between the first and the last.*"shallow" has none/);
});

describe('the plan', () => {
  const network = lcsNetworks.cPreResNet20('group');
  const stages = (variant: string) =>
    methodOf({ variant }).plan({ network, dataset: twoImages().info });

  test('of a line adds the second end points first', () => {
    expect(stages('lcs-l').map(({ name }) => name)).toEqual(['extend', 'train']);
    expect(stages('lcs-p').map(({ name }) => name)).toEqual(['train']);
  });
});

describe('a network at a share', () => {
  const network = lcsNetworks.cPreResNet20('group');
  const state: CompressedState = { network, weights: nameFilled(network.parameters) };
  const method = methodOf({ variant: 'lcs-p' });
  const at = (keep: number) => method.at!(state, { name: '', settings: { keep } });
  const zeros = (s: CompressedState, name: string) =>
    s.weights.get(name)!.data.filter((value) => value === 0).length;

  test('is the same network with other weights', () => {
    expect(at(0.5).network).toBe(at(0.1).network);
  });

  test('has zeros in each layer between the first and the last, and nowhere else', () => {
    const sparse = at(0.25);
    for (const { name, shape, role } of network.parameters) {
      const size = shape.reduce((a, b) => a * b, 1);
      const dense = role !== 'weight' || name === 'conv1.weight' || name === 'fc.weight';
      expect([name, zeros(sparse, name)]).toEqual([
        name,
        dense ? zeros(state, name) : Math.trunc(0.75 * size),
      ]);
    }
  });

  test('is that of the first point of the grid where no share is given', () => {
    const weights = methodOf({ variant: 'lcs-p', grid: [0.1, 0.75] }).at!(state, {
      name: '',
      settings: {},
    });
    expect(weights.weights).toEqual(at(0.75).weights);
  });
});

test('the dial has the range that was trained, a baseline any', () => {
  const network = lcsNetworks.cPreResNet20('group');
  const range = (options: object) => methodOf(options).dials!({ network, weights: new Map() });
  expect(range({ keep: [0.1, 0.5], grid: [0.2] })).toMatchObject([{ from: 0.1, to: 0.5 }]);
  expect(range({ variant: 'target-topk' })).toMatchObject([{ name: 'keep', from: 0, to: 1 }]);
});
