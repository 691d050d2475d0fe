import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import fc from 'fast-check';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleNumbers, oracleVector } from '../../testing/oracle-numbers.ts';
import { exactKMeans, splice } from './exact-k-means.ts';
import { kMeans } from './k-means.ts';
import { weightedPoints } from './weighted-points.ts';

const nearestError = (weights: Iterable<number>, centroids: ArrayLike<number>) =>
  [...weights].reduce((sum, w) => {
    const distances = Array.from(centroids, (c) => (w - c) ** 2);
    return sum + Math.min(...distances);
  }, 0);

/** Least error of k clusters by the textbook recurrence, in quadratic time, without prefix sums. */
function quadraticError(weights: Float32Array, k: number): number {
  const sorted = [...weights].sort((a, b) => a - b);
  const n = sorted.length;
  const clusterError = (from: number, to: number) => {
    const cluster = sorted.slice(from, to);
    const mean = cluster.reduce((a, b) => a + b, 0) / cluster.length;
    return cluster.reduce((sum, w) => sum + (w - mean) ** 2, 0);
  };
  const errors = Array.from({ length: n + 1 }, (_, to) =>
    Array.from({ length: to }, (_, from) => clusterError(from, to)),
  );
  let best = errors.map((row) => row[0] ?? 0);
  for (let clusters = 2; clusters <= k; clusters++) {
    const before = best;
    best = before.map((least, to) =>
      Math.min(least, ...before.slice(1, to).map((error, i) => error + errors[to]![i + 1]!)),
    );
  }
  return best[n]!;
}

/** What rounding may cost, in the worst case. */
const slack = (weights: Float32Array) => 1e-12 * quadraticError(weights, 1) + 1e-21;

/** Weights of several kinds: any, with many ties, evenly spaced, mirrored, far from 0. */
const anyWeights = fc.oneof(
  fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 24 }),
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 24 }),
  fc.integer({ min: 1, max: 24 }).map((n) => Array.from({ length: n }, (_, i) => i)),
  fc
    .array(fc.float({ min: 0, max: 2, noNaN: true }), { minLength: 1, maxLength: 12 })
    .map((half) => [...half, ...half.map((w) => -w)]),
  fc
    .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 24 })
    .map((list) => list.map((w) => w + 1000)),
);

describe('exact k-means', () => {
  test.each([
    [2, [-0.848593047, 0.889897423], 30.144560517],
    [4, [-1.841798291, -0.517524633, 0.584199378, 1.981676153], 8.942208266],
    [
      8,
      [
        -2.461229722, -1.470139432, -0.732015991, -0.217236731, 0.312158364, 0.690885276,
        1.302331311, 2.649397135,
      ],
      1.943475012,
    ],
  ])('gives the figures of the authors’ dynamic programme for K = %s', (k, centroids, error) => {
    const found = exactKMeans(weightedPoints(oracleVector), k);
    expectNear(found, centroids);
    expect(nearestError(oracleVector, found)).toBeCloseTo(error, 6);
  });

  test('has the least error of all partitions, for any weights and every K', () => {
    fc.assert(
      fc.property(anyWeights, fc.integer({ min: 1, max: 25 }), (list, most) => {
        const weights = Float32Array.from(list);
        const k = Math.min(most, weights.length);
        const found = exactKMeans(weightedPoints(weights), k);
        expect(found).toHaveLength(k);
        const allowed = quadraticError(weights, k) + slack(weights);
        expect(nearestError(weights, found)).toBeLessThanOrEqual(allowed);
      }),
    );
  });

  test('is never worse than Lloyd’s iterations, also where points are thinned first', () => {
    const weights = oracleNumbers(3, 100_000);
    const points = weightedPoints(weights);
    const limits = { restarts: 3, iterations: 300, tolerance: 1e-10 };
    for (const k of [2, 3, 16, 100]) {
      const local = kMeans(points, k, limits, { random: new SeededRandom(k) });
      const [exact, other] = [exactKMeans(points, k), local].map((c) => errorOf(weights, c));
      expect(exact!).toBeLessThanOrEqual(other! * (1 + 1e-12));
    }
  });

  test('of more centroids than different weights has them all, and repeats the last', () => {
    const points = weightedPoints(Float32Array.of(2, -0, 2, 0, 1));
    expect([...exactKMeans(points, 3)]).toEqual([0, 1, 2]);
    expect([...exactKMeans(points, 5)]).toEqual([0, 1, 2, 2, 2]);
  });

  test('finds numbers of clusters that no price leads to', () => {
    // Splitting any of the three pairs gains 1/2, so at that price three clusters or six are best.
    const weights = Float32Array.of(0, 1, 10, 11, 20, 21);
    const errors = [3, 4, 5, 6].map((k) =>
      nearestError(weights, exactKMeans(weightedPoints(weights), k)),
    );
    expect(errors).toEqual([1.5, 1, 0.5, 0]);
  });

  test('is not disturbed by one far outlier', () => {
    const points = weightedPoints(Float32Array.of(0, 0, 0, 1e-3, 1e-3, 1e6));
    expectNear(exactKMeans(points, 3), [0, Math.fround(1e-3), 1e6], 1e-12);
  });
});

/** Fast `nearestError` of ascending centroids. */
function errorOf(weights: Float32Array, centroids: Float64Array): number {
  const sorted = weights.slice().sort();
  let [error, at] = [0, 0];
  for (const w of sorted) {
    while (at + 1 < centroids.length && w - centroids[at]! > centroids[at + 1]! - w) at++;
    error += (w - centroids[at]!) ** 2;
  }
  return error;
}

describe('a partition spliced of two', () => {
  test('begins as the one with more clusters, ends as the other, and has as many as asked for', () => {
    const [fewer, more] = [Int32Array.of(0, 6, 12), Int32Array.of(0, 2, 4, 8, 10, 12)];
    expect([...splice(fewer, more, 3)]).toEqual([0, 2, 6, 12]);
    expect([...splice(fewer, more, 4)]).toEqual([0, 2, 4, 8, 12]);
  });
});
