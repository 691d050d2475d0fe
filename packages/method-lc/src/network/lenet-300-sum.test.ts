import { describe, expect, test } from '@jest/globals';
import { packWeights } from '@pare/core';
import { createLenet300100 } from '@pare/models';
import { createCompression } from '../compressions/create-compression.ts';
import { joinTensors } from '../compressions/tensor-group.ts';
import { referenceWeights } from '../testing/reference-network.ts';
import { buildModel, kernelParameters, seededState, withDelta } from '../testing/seeded-state.ts';
import { stepContext } from '../testing/step-context.ts';
import { compressNetwork } from './compress-network.ts';
import type { Tensors } from '@pare/core';

const state = seededState(buildModel(createLenet300100({ preset: 'lc' }), 28, 1));
const compression = createCompression([
  { name: 'l0-constraint', kept: 2662 },
  { name: 'adaptive-quantization', centroids: 2 },
]);
const { data } = joinTensors(referenceWeights());
const theta = compression.compress(data, stepContext(data.length));
const tasks = [{ task: { name: 'all', parameters: kernelParameters(state.network) }, theta }];
const { weights, decisions } = compressNetwork(state, tasks);
const bytes = (of: Tensors) => packWeights(of).storedBytes;

// 266,200 weights and 410 biases; the biases are stored as they are.
const biases = 4 * 410;

describe('1 % of all weights added to two values', () => {
  test('are stored as a sum in each layer, in nearly the bits that they have', () => {
    expect(decisions.map(({ layer, form }) => [layer, form])).toEqual([
      ['fc1', 'sum'],
      ['fc2', 'sum'],
      ['fc3', 'sum'],
    ]);
    expect(compression.storedBits(theta) / 8 + biases).toBeCloseTo(49_011, -1);
    expect(bytes(weights)).toBeLessThan(1.01 * 49_011);
  });

  test('take a sixth of what their sum takes in one tensor a layer', () => {
    expect(bytes(withDelta(state, tasks).weights)).toBeGreaterThan(6 * bytes(weights));
    expect(bytes(state.weights)).toBeGreaterThan(21 * bytes(weights));
  });

  test('are split as PyTorch orders them, and each sum is exactly Δ', () => {
    const delta = withDelta(state, tasks).weights;
    for (const { weight, parameters } of decisions) {
      const [sparse, codebook] = parameters.map(({ name }) => weights.get(name)!.data);
      expect(sparse!.map((value, i) => value + codebook![i]!)).toEqual(delta.get(weight)!.data);
    }
  });
});
