import type { WeightedPoints } from './weighted-points.ts';

/** Points with prefix sums of squares too: errors of any run of points about any centroid take a few operations. */
export interface SquaredPoints extends WeightedPoints {
  /** p + 1 entries: sum of the squares of weights less `centre` before each position. */
  readonly squares: Float64Array;
}

export function squaredPoints(points: WeightedPoints): SquaredPoints {
  const { values, counts, centre } = points;
  const squares = new Float64Array(counts.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += (values[i]! - centre) ** 2 * (counts[i + 1]! - counts[i]!);
    squares[i + 1] = sum;
  }
  return { ...points, squares };
}

/** Squared error of the points from one position to another about a centroid. */
export function errorAbout(
  { counts, sums, squares, centre }: SquaredPoints,
  from: number,
  to: number,
  centroid: number,
): number {
  const c = centroid - centre;
  const n = counts[to]! - counts[from]!;
  const error = squares[to]! - squares[from]! - 2 * c * (sums[to]! - sums[from]!) + n * c * c;
  // Rounding can leave a little less than nothing.
  return error > 0 ? error : 0;
}

/** Position behind the last value that is not greater than `limit`. */
export function positionAfter({ values }: WeightedPoints, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** For ascending centroids, the positions between which the points nearest to each lie: one more than centroids. */
export function regionsOf(points: WeightedPoints, centroids: Float64Array): Int32Array {
  const regions = new Int32Array(centroids.length + 1);
  for (let i = 1; i < centroids.length; i++) {
    regions[i] = positionAfter(points, (centroids[i - 1]! + centroids[i]!) / 2);
  }
  regions[centroids.length] = points.values.length;
  return regions;
}
