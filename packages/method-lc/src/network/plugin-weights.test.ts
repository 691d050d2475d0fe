import { describe, expect, test } from '@jest/globals';
import { expandWeights, countWeights } from './expand-weights.ts';
import { splitTheta } from './split-theta.ts';
import type { PluginWeights } from '../compressions/compressed-weights.ts';

describe('weights of a compression that a plugin brings', () => {
  const theta: PluginWeights = {
    kind: 'plugin',
    name: 'mine',
    theta: null,
    values: Float32Array.of(1, 2, 3, 4),
    bits: 40,
  };

  test('are expanded and counted', () => {
    expect(expandWeights(theta)).toEqual(theta.values);
    expect(expandWeights(theta)).not.toBe(theta.values);
    expect(countWeights(theta)).toBe(4);
  });

  test('are split with their share of the bits', () => {
    expect(splitTheta(theta, [1, 3])).toEqual([
      { ...theta, values: Float32Array.of(1), bits: 10 },
      { ...theta, values: Float32Array.of(2, 3, 4), bits: 30 },
    ]);
  });
});
