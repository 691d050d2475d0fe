import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { countWeights, pruneSmallest } from './prune-smallest.ts';

function network() {
  const builder = new NetworkBuilder();
  const x = builder.input([4]);
  return builder.build('tiny', x, builder.dense('fc', x, { units: 1 }));
}

const weights = new Map([
  ['fc.weight', { dtype: 'float32' as const, shape: [4, 1], data: Float32Array.of(1, -4, 3, 2) }],
  ['fc.bias', { dtype: 'float32' as const, shape: [1], data: Float32Array.of(0.1) }],
]);

test('keeps the largest weights, and biases', () => {
  const pruned = pruneSmallest(network(), weights, 0.5);
  expect([...pruned.get('fc.weight')!.data]).toEqual([0, -4, 3, 0]);
  expect(pruned.get('fc.bias')).toBe(weights.get('fc.bias'));
  expect(countWeights(network(), pruned)).toEqual({ kept: 2, all: 4 });
});

test('leaves the weights it was given as they are', () => {
  pruneSmallest(network(), weights, 0.5);
  expect([...weights.get('fc.weight')!.data]).toEqual([1, -4, 3, 2]);
});
