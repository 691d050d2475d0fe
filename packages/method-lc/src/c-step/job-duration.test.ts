import { expect, test } from '@jest/globals';
import { estimateMilliseconds } from './job-duration.ts';
import type { PartReference } from '@pare/core';

const estimate = (shape: number[], repetitions?: number, ...parts: PartReference[]) =>
  estimateMilliseconds({
    parts,
    options: { repetitions },
    shape,
    weights: new Float32Array(),
    mu: 0,
    seed: 1,
  });

const rank = { name: 'low-rank', rank: 3 };
const binary = { name: 'binary' };

test('matrices are estimated by their sides, whichever is longer', () => {
  expect(estimate([100, 300], 1, rank)).toBe(estimate([300, 100], 1, rank));
  expect(estimate([200, 600], 1, rank)).toBeCloseTo(8 * estimate([100, 300], 1, rank));
  const kernels = { ...rank, convScheme: 'scheme-1' };
  expect(estimate([64, 30, 3, 3], 1, kernels)).toBe(estimate([64, 270], 1, rank));
  const pairs = { ...rank, convScheme: 'scheme-2' };
  expect(estimate([64, 30, 3, 3], 1, pairs)).toBe(estimate([192, 90], 1, rank));
});

test('vectors are estimated by their weights and kind, sums by their rounds', () => {
  const quantized = { name: 'adaptive-quantization', centroids: 2 };
  expect(estimate([2000], 1, binary)).toBeCloseTo(2 * estimate([1000], 1, binary));
  expect(estimate([1000], 1, quantized)).toBeGreaterThan(estimate([1000], 1, binary));
  expect(estimate([1000], 20, binary)).toBe(estimate([1000], 1, binary));
  expect(estimate([1000], 7, binary, binary)).toBeCloseTo(14 * estimate([1000], 1, binary));
  expect(estimate([1000], undefined, binary, binary)).toBeCloseTo(20 * estimate([1000], 1, binary));
});

test('what is no matrix takes no time: its step fails at once', () => {
  expect(estimate([1000], 1, rank)).toBe(0);
  expect(estimate([64, 30, 3, 3], 1, rank)).toBe(0);
});
