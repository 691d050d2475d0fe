import { describe, expect, test } from '@jest/globals';
import { networkFromJson, networkToJson } from '@pare/graph';
import {
  awkward,
  build,
  filled,
  plain,
  postactivation,
  preactivation,
} from '../testing/batch-norm-networks.ts';
import { outputsOf } from '../testing/outputs-of.ts';
import { withBatchStatistics } from './batch-statistics.ts';
import { normPlaces } from './norm-places.ts';
import { maskNorms, pruneAt } from './prune-at.ts';
import type { Network } from '@pare/graph';

const uses = (network: Network) =>
  Object.fromEntries(
    normPlaces(network).map(({ layer, use }) => [
      layer,
      use.kind === 'mask' ? use.reason : use.kind,
    ]),
  );

describe('what can be done with the channels of a norm', () => {
  test('those that one convolution makes are removed with its filters', () => {
    expect(uses(build(plain))).toEqual({ bn1: 'remove', bn2: 'remove' });
  });

  test('those of a shared stream are picked after the norm', () => {
    expect(uses(build(preactivation))).toEqual({ bn1: 'select', bn2: 'remove', bn: 'select' });
  });

  test('those that are added to others are only masked', () => {
    const sum = 'it is added to other channels';
    expect(uses(build(postactivation))).toEqual({ bn1: sum, bn2: 'remove', bn3: sum });
  });

  test('those that other ops need are only masked, and it is said which', () => {
    expect(uses(build(awkward))).toEqual({
      bn1: '"concat" needs all its channels',
      bn2: '"sigmoid" needs all its channels',
      bn3: '"depthwiseConv2d" needs all its channels',
      bn4: 'select',
    });
  });
});

const bodies = { plain, preactivation, postactivation, awkward };

describe.each(Object.entries(bodies))('a slim network (%s)', (_name, body) => {
  const state = filled(build(body));

  test.each([0.7, 0.5, 0.3])('gives at %s what the masked one gives', (keep) => {
    const { kept, state: slim, fallback } = pruneAt(state, keep);
    expect(fallback).toBe(false);
    const masked = maskNorms(state, kept);
    const expected = outputsOf(masked);
    outputsOf(slim).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    expect(expected).not.toEqual(outputsOf(state));
    const inBatch = outputsOf({ ...slim, network: withBatchStatistics(slim.network) });
    const inMaskedBatch = outputsOf({ ...masked, network: withBatchStatistics(state.network) });
    inBatch.forEach((value, i) => expect(value).toBeCloseTo(inMaskedBatch[i]!, 6));
    expect(inBatch).not.toEqual(outputsOf(slim));
  });

  test('can be written to a file and read back', () => {
    const { state: slim } = pruneAt(state, 0.5);
    for (const network of [slim.network, withBatchStatistics(slim.network)]) {
      const copy = networkFromJson(
        JSON.parse(JSON.stringify(networkToJson(network))) as ReturnType<typeof networkToJson>,
      );
      expect(outputsOf({ ...slim, network: copy })).toEqual(outputsOf({ ...slim, network }));
    }
  });

  test('has weights of its shapes', () => {
    const { state: slim } = pruneAt(state, 0.5);
    for (const { name, shape, variable } of slim.network.parameters) {
      expect(slim.weights.get(name)!.shape).toEqual(shape);
      expect(variable.shape).toEqual(shape);
    }
  });
});

test('a dense layer that reads a flattened image loses the rows of each pixel', () => {
  const state = filled(build(plain));
  const { kept, state: slim } = pruneAt(state, 0.5);
  const left = [...kept.values()][1]!.length;
  const head = slim.network.parameters.find(({ name }) => name === 'fc.weight')!;
  expect(head.shape).toEqual([9 * left, 10]);
  expect(head.flattened).toEqual([3, 3, left]);
});
