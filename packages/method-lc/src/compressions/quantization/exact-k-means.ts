import { PenalizedPartition, explainedBy } from './penalized-partition.ts';
import { clusterMeans } from './weighted-points.ts';
import type { Partition } from './penalized-partition.ts';
import type { WeightedPoints } from './weighted-points.ts';

const { max, min } = Math;

/** Fewer points than this are not thinned, nor so few for each cluster. */
const [manyPoints, pointsPerCluster] = [2 ** 16, 2 ** 9];
const thinning = 16;

/** Prices tried for a partition on each side before the trivial one is taken. */
const attempts = 8;

/**
 * Centroids of the exact one-dimensional k-means, ascending; where there are fewer different values than centroids, the
 * last ones are repeated. Time and memory are linear in the points.
 *
 * The least error of k clusters is convex in k, so a price for each cluster leads to k of them. The price is looked for on
 * thinned points first: then one look at all points is enough nearly always. A partition that is best at its price is best
 * among all with as many clusters; where no price gives k, `splice` makes one.
 */
export function exactKMeans(points: WeightedPoints, k: number): Float64Array {
  const { values } = points;
  if (k >= values.length) {
    // Adding 0 makes 0 of -0.
    return Float64Array.from({ length: k }, (_, i) => values[min(i, values.length - 1)]! + 0);
  }
  return clusterMeans(points, findPartition(points, k).boundaries);
}

/** Looks for the partition, on thinned points before. */
function findPartition(points: Sums, k: number): Found {
  const thick = points.counts.length > max(manyPoints, pointsPerCluster * k);
  const price = thick ? findPartition(thin(points), k).price : firstPrice(points, k);
  return search(points, k, price);
}

type Sums = Pick<WeightedPoints, 'counts' | 'sums'>;

interface Found {
  readonly boundaries: Int32Array;
  readonly price: number;
}

/** Every 16th position and the last: partitions of these points are partitions of all, with the same errors. */
function thin({ counts, sums }: Sums): Sums {
  const end = counts.length - 1;
  const length = Math.ceil(end / thinning) + 1;
  const [fewerCounts, fewerSums] = [new Int32Array(length), new Float64Array(length)];
  for (let i = 0; i < length; i++) {
    const at = min(i * thinning, end);
    fewerCounts[i] = counts[at]!;
    fewerSums[i] = sums[at]!;
  }
  return { counts: fewerCounts, sums: fewerSums };
}

/** The error of evenly spread points falls with 1/k², so a cluster more is worth 2/k³ of the whole. */
function firstPrice({ counts, sums }: Sums, k: number): number {
  const end = counts.length - 1;
  let total = 0;
  for (let i = 0; i < end; i++) {
    total += (sums[i + 1]! - sums[i]!) ** 2 / (counts[i + 1]! - counts[i]!);
  }
  return (2 * total) / k ** 3;
}

/** Partitions that are best at some price, with fewer and with more clusters than wanted. */
interface Bracket {
  fewer?: Partition;
  more?: Partition;
}

/** The best partition in k clusters, and the price at which it was found. */
function search(points: Sums, k: number, first: number): Found {
  const solver = new PenalizedPartition(points);
  const bracket: Bracket = {};
  let price = first;
  for (let tries = 1; ; tries++) {
    const found = solver.solve(price);
    const clusters = sizeOf(found);
    if (clusters === k) return { boundaries: found.boundaries, price };
    const { fewer, more } = bracket;
    if (fewer && more && (clusters <= sizeOf(fewer) || clusters >= sizeOf(more))) {
      return { boundaries: splice(fewer.boundaries, more.boundaries, k), price };
    }
    bracket[clusters < k ? 'fewer' : 'more'] = found;
    if (tries >= attempts) close(bracket, points);
    price = chord(bracket) ?? price * stepTowards(k, clusters, tries);
  }
}

/** Factor to the price where one side of the bracket is open: as if the error fell with 1/k², then farther and farther. */
function stepTowards(k: number, clusters: number, tries: number): number {
  return (clusters / (clusters < k ? k + 1 : k - 1)) ** (3 * 2 ** (tries - 1));
}

/** Slope of the line through both partitions. Where no partition lies below it, both are best at this price. */
function chord({ fewer, more }: Bracket): number | undefined {
  if (!fewer || !more) return undefined;
  return (more.explained - fewer.explained) / (sizeOf(more) - sizeOf(fewer));
}

/** Puts the trivial partition where a side is open: one cluster, or one for each point. */
function close(bracket: Bracket, points: Sums): void {
  const end = points.counts.length - 1;
  bracket.fewer ??= inClusters(points, Int32Array.of(0, end));
  bracket.more ??= inClusters(
    points,
    points.counts.map((_, i) => i),
  );
}

const sizeOf = ({ boundaries }: Partition) => boundaries.length - 1;

const inClusters = ({ counts, sums }: Sums, boundaries: Int32Array): Partition => ({
  boundaries,
  explained: explainedBy(counts, sums, boundaries),
});

/**
 * A partition in k clusters from two that are both best at one price, one with fewer and one with more: it begins as the
 * one with more and ends as the other, and is best at that price too (Aggarwal, Schieber and Tokuyama 1994, "Finding a
 * minimum-weight k-link path in graphs with the concave Monge property").
 */
export function splice(fewer: Int32Array, more: Int32Array, k: number): Int32Array {
  const ahead = k - (fewer.length - 1);
  let i = 0;
  while (more[i + ahead + 1]! > fewer[i + 1]!) i++;
  const boundaries = new Int32Array(k + 1);
  boundaries.set(more.subarray(0, i + ahead + 1));
  boundaries.set(fewer.subarray(i + 1), i + ahead + 1);
  return boundaries;
}
