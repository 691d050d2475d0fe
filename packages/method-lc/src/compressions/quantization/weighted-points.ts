import { sortAscending } from '../sort-ascending.ts';

/**
 * Different values, ascending, with prefix sums. Position i stands before value i; the points of a cluster are those from
 * one position to another.
 */
export interface WeightedPoints {
  /** p different values, ascending. */
  readonly values: Float32Array;
  /** p + 1 entries: how many weights lie before each position. */
  readonly counts: Int32Array;
  /** p + 1 entries: their sum, each weight less `centre`. */
  readonly sums: Float64Array;
  /** Mean of all weights. Taken off, it keeps the sums small. */
  readonly centre: number;
}

/** Sorts weights and counts equal ones together. */
export function weightedPoints(weights: Float32Array): WeightedPoints {
  const values = sortAscending(weights);
  const centre = meanOf(values);
  const places = new Int32Array(values.length + 1);
  let points = 0;
  for (let i = 0; i < values.length; i++) {
    if (points > 0 && values[i] === values[points - 1]) continue;
    values[points] = values[i]!;
    places[points++] = i;
  }
  places[points] = values.length;
  const counts = places.subarray(0, points + 1);
  const distinct = values.subarray(0, points);
  return { values: distinct, counts, sums: prefixSums(distinct, counts, centre), centre };
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function prefixSums(values: Float32Array, counts: Int32Array, centre: number): Float64Array {
  const sums = new Float64Array(counts.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += (values[i]! - centre) * (counts[i + 1]! - counts[i]!);
    sums[i + 1] = sum;
  }
  return sums;
}

/** Mean of each cluster; cluster c has the points from position boundaries[c] to boundaries[c + 1]. */
export function clusterMeans(
  { values, counts }: WeightedPoints,
  boundaries: ArrayLike<number>,
): Float64Array {
  const means = new Float64Array(boundaries.length - 1);
  for (let cluster = 0; cluster < means.length; cluster++) {
    const [from, to] = [boundaries[cluster]!, boundaries[cluster + 1]!];
    // Summed anew: differences of prefix sums would lose small means beside large values.
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]! * (counts[i + 1]! - counts[i]!);
    means[cluster] = sum / (counts[to]! - counts[from]!);
  }
  return means;
}
