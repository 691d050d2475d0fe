import { errorAbout, regionsOf } from './squared-points.ts';
import type { Random } from '@pare/core';
import type { SquaredPoints } from './squared-points.ts';

/**
 * First centroids by greedy k-means++ (Arthur and Vassilvitskii 2007): each is the best of 2 + ⌊ln k⌋ points that are drawn
 * with probability ∝ squared distance to the nearest centroid so far. Ascending. On sorted points a draw takes binary
 * searches only.
 */
export function greedySeeds(points: SquaredPoints, k: number, random: Random): Float64Array {
  const trials = 2 + Math.floor(Math.log(k));
  let seeds = Float64Array.of(drawWeight(points, random));
  while (seeds.length < k) {
    const tried = Array.from({ length: trials }, () =>
      withSeed(seeds, drawFarPoint(points, seeds, random)),
    );
    const errors = tried.map((candidate) => totalError(points, candidate));
    seeds = tried[errors.indexOf(Math.min(...errors))]!;
  }
  return seeds;
}

const withSeed = (seeds: Float64Array, seed: number) => Float64Array.of(...seeds, seed).sort();

function drawWeight({ values, counts }: SquaredPoints, random: Random): number {
  const weight = random.integer(counts.at(-1)!);
  return values[firstAbove(0, values.length, (at) => counts[at + 1]! > weight)]!;
}

function totalError(points: SquaredPoints, seeds: Float64Array): number {
  const regions = regionsOf(points, seeds);
  return seeds.reduce(
    (sum, seed, i) => sum + errorAbout(points, regions[i]!, regions[i + 1]!, seed),
    0,
  );
}

/** A point, with probability ∝ its squared distance to the nearest seed. */
function drawFarPoint(points: SquaredPoints, seeds: Float64Array, random: Random): number {
  const regions = regionsOf(points, seeds);
  let left = random.uniform() * totalError(points, seeds);
  for (let i = 0; i < seeds.length; i++) {
    const [from, to] = [regions[i]!, regions[i + 1]!];
    const error = errorAbout(points, from, to, seeds[i]!);
    if (left < error) {
      const within = left;
      const reached = (at: number) => errorAbout(points, from, at + 1, seeds[i]!) > within;
      return points.values[firstAbove(from, to - 1, reached)]!;
    }
    left -= error;
  }
  // All points are seeds already, or rounding has left a little of the last region.
  return points.values.at(-1)!;
}

/** First whole number from `low` to `high` for which `holds`; `high` where there is none before. */
function firstAbove(low: number, high: number, holds: (at: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
