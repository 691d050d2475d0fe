import { describe, expect, test } from '@jest/globals';
import { fromTorchLayout } from '@pare/core';
import { pruneByPercentile } from './prune-by-percentile.ts';
import { pruneByStd } from './prune-by-std.ts';
import { countNonzero } from '../count-nonzero.ts';
import type { HostTensor, Tensors } from '@pare/core';

const layers = ['fc1.weight', 'fc2.weight', 'fc3.weight'];
const sizes = [
  [784, 300],
  [300, 100],
  [100, 10],
] as const;

/** Oracle O15: weights of the masked LeNet-300-100; each layer has weight, mask and bias, all of which count. */
const weights: Tensors = new Map(
  layers.map((name, layer): [string, HostTensor] => {
    const shape = sizes[layer]!;
    const k = 3 * layer + 1;
    const torch = Float32Array.from(
      { length: shape[0] * shape[1] },
      (_, i) => (((31 * i + 7 * k) % 61) - 30) / 30 / Math.sqrt(shape[0]),
    );
    const data = fromTorchLayout({ name, shape, layout: 'io', flattened: undefined }, torch);
    return [name, { dtype: 'float32', shape, data }];
  }),
);
const kept = (tensors: Tensors) => layers.map((name) => countNonzero(tensors.get(name)!.data));

describe('pruning utilities of the original', () => {
  test('percentiles are taken over what is left of all layers, deviations of each layer', () => {
    const first = pruneByPercentile(weights, { percent: 5, prune: layers });
    expect(first.threshold).toBeCloseTo(0.00238095, 8);
    expect(kept(first.weights)).toEqual([223634, 28524, 983]);
    const second = pruneByPercentile(first.weights, { percent: 50, prune: layers });
    expect(second.threshold).toBeCloseTo(0.0202381, 7);
    expect(kept(second.weights)).toEqual([107960, 19674, 785]);
    const third = pruneByStd(second.weights, layers, 0.25);
    const thresholds = [...third.thresholds.values()];
    [0.00480766, 0.00829666, 0.0146094].forEach((expected, i) => {
      expect(Math.abs(thresholds[i]! - expected)).toBeLessThan(1e-5 * expected);
    });
    expect(kept(third.weights)).toEqual(kept(second.weights));
  });

  test('a percentile lies between neighbours in proportion', () => {
    const one: Tensors = new Map([
      ['w', { dtype: 'float32', shape: [5], data: Float32Array.of(-4, 0, 1, 2, 3) }],
    ]);
    // Left: 1 2 3 4; half way is 2.5.
    const { threshold, weights: after } = pruneByPercentile(one, { percent: 50, prune: ['w'] });
    expect(threshold).toBe(2.5);
    expect([...after.get('w')!.data]).toEqual([-4, 0, 0, 0, 3]);
  });

  test('say what is wrong', () => {
    const zero: Tensors = new Map([
      ['w', { dtype: 'float32', shape: [1], data: Float32Array.of(0) }],
    ]);
    expect(() => pruneByPercentile(zero, { prune: ['w'] })).toThrow(/all of w is 0 already/);
    expect(() => pruneByPercentile(zero, { prune: ['w'], percent: 101 })).toThrow(
      /0 to 100; received 101/,
    );
    expect(() => pruneByStd(zero, ['v'])).toThrow(/no tensor "v"; known: w/);
  });
});
