import { expect, test } from '@jest/globals';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { lcsNetworks } from '../testing/lcs-networks.ts';
import type { Network } from '@pare/graph';

const grid = [1, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.025];

function rowsOf(network: Network) {
  const options = { setting: 'unstructured', variant: 'lcs-p', grid };
  const method = lcsMethod(lcsOptions.parse(options));
  return method.report({ network, weights: new Map() }).tables[0]!.rows;
}

test('zeros of cPreResNet20 as the authors count them', () => {
  const rows = rowsOf(lcsNetworks.cPreResNet20());
  expect(rows.map(({ zeros }) => zeros)).toEqual([
    0, 10_679, 21_366, 53_440, 106_880, 160_320, 192_373, 203_060, 208_406,
  ]);
  const rate = (keep: number) => rows.find((row) => row.keep === keep)!.sparsity;
  expect([0.025, 0.1, 0.25, 0.5, 0.9].map(rate)).toEqual([
    0.961495, 0.887526, 0.739647, 0.493098, 0.098573,
  ]);
});

test.each([
  ['ResNet18', 0.716516],
  ['VGG19', 0.731233],
] as const)(
  'share of zeros of %s that keeps a quarter: first and last layer stay dense',
  (name, rate) => {
    expect(rowsOf(lcsNetworks[name]()).find(({ keep }) => keep === 0.25)!.sparsity).toBe(rate);
  },
);
