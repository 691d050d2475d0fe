/** Most passes, and the movement (as a share of the variance) below which it stops: scikit-learn's defaults. */
const maxPasses = 300;
const tolerance = 1e-4;

/** Clusters of numbers: centroids, and the centroid of each number. */
export interface Clusters {
  readonly centroids: Float64Array;
  readonly labels: Int32Array;
}

function nearest(value: number, centroids: Float64Array): number {
  let best = 0;
  for (let k = 1; k < centroids.length; k++) {
    if (Math.abs(value - centroids[k]!) < Math.abs(value - centroids[best]!)) best = k;
  }
  return best;
}

/** Lloyd's k-means in one dimension from given centroids; an empty cluster takes the number that is farthest from its own. */
export function lloyd(values: ArrayLike<number>, start: ArrayLike<number>): Clusters {
  const numbers = Float64Array.from(values);
  let centroids = Float64Array.from(start);
  let labels = new Int32Array(numbers.length).fill(-1);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  for (let pass = 0; pass < maxPasses; pass++) {
    const next = Int32Array.from(numbers, (value) => nearest(value, centroids));
    const unchanged = next.every((label, i) => label === labels[i]);
    labels = next;
    if (unchanged) break;
    const moved = means(numbers, labels, centroids);
    const shift = moved.reduce((sum, value, k) => sum + (value - centroids[k]!) ** 2, 0);
    centroids = moved;
    if (shift <= tolerance * variance) break;
  }
  return { centroids, labels: Int32Array.from(numbers, (value) => nearest(value, centroids)) };
}

function means(
  numbers: Float64Array,
  labels: Int32Array,
  centroids: Float64Array,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(centroids.length);
  const counts = new Int32Array(centroids.length);
  numbers.forEach((value, i) => {
    sums[labels[i]!]! += value;
    counts[labels[i]!]!++;
  });
  const empty = [...counts.keys()].filter((k) => counts[k] === 0);
  const distance = (i: number) => Math.abs(numbers[i]! - centroids[labels[i]!]!);
  const farthest =
    empty.length > 0 ? [...numbers.keys()].sort((a, b) => distance(b) - distance(a)) : [];
  empty.forEach((k, n) => {
    const i = farthest[n]!;
    const from = labels[i]!;
    sums[from]! -= numbers[i]!;
    counts[from]!--;
    sums[k] = numbers[i]!;
    counts[k] = 1;
  });
  return Float64Array.from(sums, (sum, k) => (counts[k]! > 0 ? sum / counts[k]! : centroids[k]!));
}
