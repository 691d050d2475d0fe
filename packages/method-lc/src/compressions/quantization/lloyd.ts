import { errorAbout, regionsOf } from './squared-points.ts';
import type { SquaredPoints } from './squared-points.ts';

/** When Lloyd's iterations end. */
export interface LloydLimits {
  /** Most iterations. */
  readonly iterations: number;
  /** Ends where the centroids' squared shift is no more than this share of the weights' variance. */
  readonly tolerance: number;
}

/** Where Lloyd's iterations have ended. */
export interface LloydResult {
  /** Ascending. */
  readonly centroids: Float64Array;
  /** Sum of the squared distances to the nearest centroid. */
  readonly error: number;
}

/**
 * Lloyd's iterations from ascending centroids: each region's mean, then each mean's region. On sorted points with prefix
 * sums one takes K binary searches, not a look at all points.
 */
export function lloyd(
  points: SquaredPoints,
  start: Float64Array,
  { iterations, tolerance }: LloydLimits,
): LloydResult {
  const variance = points.squares.at(-1)! / points.counts.at(-1)!;
  let centroids = start;
  let regions = regionsOf(points, centroids);
  for (let i = 0; i < iterations; i++) {
    const means = meansOf(points, regions, centroids);
    const next = regionsOf(points, means);
    const shift = means.reduce((sum, mean, k) => sum + (mean - centroids[k]!) ** 2, 0);
    const done = shift <= tolerance * variance || next.every((at, k) => at === regions[k]);
    [centroids, regions] = [means, next];
    if (done) break;
  }
  return { centroids, error: errorOf(points, centroids, regions) };
}

function errorOf(points: SquaredPoints, centroids: Float64Array, regions: Int32Array): number {
  return centroids.reduce(
    (sum, centroid, k) => sum + errorAbout(points, regions[k]!, regions[k + 1]!, centroid),
    0,
  );
}

/** Means of the regions; a centroid without points goes to the point that fits worst. */
function meansOf(
  points: SquaredPoints,
  regions: Int32Array,
  centroids: Float64Array,
): Float64Array {
  const { counts, sums, centre } = points;
  const taken = new Set<number>();
  const means = centroids.map((_, k) => {
    const [from, to] = [regions[k]!, regions[k + 1]!];
    if (from === to) return relocated(points, regions, centroids, taken);
    return centre + (sums[to]! - sums[from]!) / (counts[to]! - counts[from]!);
  });
  return means.sort();
}

/** The point farthest from its centroid that no other centroid has gone to: it lies at an end of a region. */
function relocated(
  { values }: SquaredPoints,
  regions: Int32Array,
  centroids: Float64Array,
  taken: Set<number>,
): number {
  let [worst, distance] = [-1, -1];
  for (let k = 0; k < centroids.length; k++) {
    for (const at of [regions[k]!, regions[k + 1]! - 1]) {
      if (at < regions[k]! || at >= regions[k + 1]! || taken.has(at)) continue;
      const away = Math.abs(values[at]! - centroids[k]!);
      if (away > distance) [worst, distance] = [at, away];
    }
  }
  if (worst < 0) return centroids.at(-1)!;
  taken.add(worst);
  return values[worst]!;
}
