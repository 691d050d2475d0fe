import { describe, expect, test } from '@jest/globals';
import { build, filled, plain, postactivation } from '../testing/batch-norm-networks.ts';
import { pruneAt } from './prune-at.ts';
import type { CompressedState } from '@pare/core';

describe('the threshold', () => {
  /** A network whose norms have the given scales. */
  function withScales(scales: readonly (readonly number[])[], body = plain): CompressedState {
    const state = filled(build(body));
    const weights = new Map(state.weights);
    scales.forEach((own, i) =>
      weights.set(`bn${i + 1}.weight`, {
        dtype: 'float32',
        shape: [own.length],
        data: Float32Array.from(own),
      }),
    );
    return { ...state, weights };
  }
  const state = withScales([
    [0.1, -0.2, 0.3, 0.4, -0.5, 0.6],
    [0.7, 0.8, -0.9, 1, 0.05],
  ]);
  const counts = (s: CompressedState, keep: number) =>
    [...pruneAt(s, keep).kept.values()].map(({ length }) => length);

  test('is one for all norms, by magnitude', () => {
    // trunc(11 · 0.4) = 4: the fifth smallest of 0.05, 0.1, 0.2, 0.3, 0.4, ...
    const { threshold, kept } = pruneAt(state, 0.6);
    expect(threshold).toBe(Math.fround(0.4));
    expect([...kept.values()]).toEqual([
      [4, 5],
      [0, 1, 2, 3],
    ]);
  });

  test('has to be exceeded: even a share of 1 drops the smallest', () => {
    expect(counts(state, 1)).toEqual([6, 4]);
  });

  test('that leaves a norm without channels falls back to the masked network', () => {
    const { state: masked, fallback } = pruneAt(state, 0.3);
    expect(counts(state, 0.3)).toEqual([0, 3]);
    expect(fallback).toBe(true);
    expect(masked.network).toBe(state.network);
    expect([...masked.weights.get('bn1.weight')!.data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...masked.weights.get('bn1.bias')!.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('drops all channels while all scales are the same, and for a share of 0', () => {
    const first = withScales([
      [1, 1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1],
    ]);
    expect(pruneAt(first, 1)).toMatchObject({ fallback: true, threshold: 1 });
    expect(counts(state, 0)).toEqual([0, 0]);
  });

  test('may leave a norm without channels where they are only masked anyway', () => {
    const scales = [
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5],
      [0, 0, 0, 0, 0, 0],
    ] as const;
    const masked = withScales(scales, postactivation);
    expect(counts(masked, 0.6)).toEqual([5, 4, 0]);
    expect(pruneAt(masked, 0.6).fallback).toBe(false);
  });
});
