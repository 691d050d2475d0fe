import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import fc from 'fast-check';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleVector } from '../../testing/oracle-numbers.ts';
import { greedySeeds } from './greedy-seeds.ts';
import { kMeans } from './k-means.ts';
import { lloyd } from './lloyd.ts';
import { squaredPoints } from './squared-points.ts';
import { weightedPoints } from './weighted-points.ts';

const limits = { iterations: 300, tolerance: 1e-10 };
const pointsOf = (...weights: number[]) =>
  squaredPoints(weightedPoints(Float32Array.from(weights)));

describe('Lloyd’s iterations', () => {
  test('end where each centroid is the mean of the weights nearest to it', () => {
    const { centroids, error } = lloyd(pointsOf(0, 1, 2, 9, 11), Float64Array.of(0, 1), limits);
    expect([...centroids]).toEqual([1, 10]);
    expect(error).toBeCloseTo(4, 12);
  });

  test('count equal weights as often as they stand there', () => {
    const { centroids } = lloyd(pointsOf(0, 0, 0, 4, 10), Float64Array.of(1, 10), limits);
    expectNear(centroids, [1, 10], 1e-15);
  });

  test('never make the error larger', () => {
    const weights = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
      minLength: 3,
      maxLength: 40,
    });
    fc.assert(
      fc.property(weights, fc.nat(), (list, seed) => {
        const points = pointsOf(...list);
        let centroids = greedySeeds(points, 3, new SeededRandom(seed));
        let before = Infinity;
        for (let i = 0; i < 5; i++) {
          const next = lloyd(points, centroids, { iterations: 1, tolerance: 0 });
          expect(next.error).toBeLessThanOrEqual(before + 1e-9);
          [centroids, before] = [next.centroids, next.error];
        }
      }),
    );
  });

  test('move a centroid without weights to the weight that fits worst', () => {
    // No weight is nearest to 100.
    const start = Float64Array.of(0, 10, 100);
    const { centroids } = lloyd(pointsOf(0, 1, 10, 16), start, limits);
    expect([...centroids]).toEqual([0.5, 10, 16]);
  });

  test('stop after so many iterations, or at so small a shift', () => {
    const [points, start] = [pointsOf(0, 1, 2, 9, 11), Float64Array.of(0, 1)];
    const after = (iterations: number, tolerance: number) => [
      ...lloyd(points, start, { iterations, tolerance }).centroids,
    ];
    expect(after(1, 0)).toEqual([0, 5.75]);
    expect(after(300, 1e6)).toEqual([0, 5.75]);
    expect(after(300, 0)).toEqual([1, 10]);
  });
});

describe('seeds', () => {
  test('are spread: of far groups each gets one', () => {
    const points = pointsOf(0, 0.1, 0.2, 100, 100.1, 200, 200.1, 200.2);
    for (let seed = 0; seed < 20; seed++) {
      const groups = greedySeeds(points, 3, new SeededRandom(seed)).map((s) => Math.round(s / 100));
      expect([...groups]).toEqual([0, 1, 2]);
    }
  });

  test('are drawn among the weights, also where there are fewer different ones', () => {
    const seeds = greedySeeds(pointsOf(3, 3, 5), 4, new SeededRandom(2));
    expect(seeds).toHaveLength(4);
    expect(new Set(seeds)).toEqual(new Set([3, 5]));
  });
});

describe('k-means', () => {
  test('goes on from the centroids before', () => {
    const moved = oracleVector.map((w) => w + 0.25 * Math.sign(w));
    const start = [-1.841798291, -0.517524633, 0.584199378, 1.981676153];
    const from = { start, random: new SeededRandom(1) };
    const found = kMeans(weightedPoints(moved), 4, { ...limits, restarts: 10 }, from);
    expectNear(found, [-2.091798291, -0.767524633, 0.834199378, 2.231676153]);
  });

  test('takes the best of its restarts', () => {
    const points = weightedPoints(oracleVector);
    const error = (restarts: number) => {
      const centroids = kMeans(points, 8, { ...limits, restarts }, { random: new SeededRandom(5) });
      return lloyd(squaredPoints(points), centroids, limits).error;
    };
    const errors = [1, 5, 40].map(error);
    expect(errors[1]!).toBeLessThanOrEqual(errors[0]!);
    expect(errors[2]!).toBeLessThan(errors[0]!);
    expect(errors[2]!).toBeLessThan(2.0237);
  });
});
