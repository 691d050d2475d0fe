import type { WeightedPoints } from './weighted-points.ts';

type Sums = Pick<WeightedPoints, 'counts' | 'sums'>;

/** Clusters of neighbouring points. */
export interface Partition {
  /** Positions 0 = b₀ < b₁ < ... < b_k = p. */
  readonly boundaries: Int32Array;
  /** Sum over clusters of (sum of its centred weights)² / their number: what the clusters explain of Σv². */
  readonly explained: number;
}

/**
 * Finds the partition that minimises its squared error + `price` · clusters, in time linear in the points, whatever the
 * number of clusters (Grønlund et al. 2017, "Fast exact k-means, k-medians and Bregman divergence clustering in 1D").
 *
 * F(n) = min over j < n of F(j) + SSE(j..n) + price. A later j gains on an earlier one as n grows, so each j is best on one
 * interval of n; a queue holds those j that still have one, with its start. The start of a new j lies near that of the one
 * before it, so it is looked for from there in growing steps.
 *
 * Σv² - F is computed instead of F: it needs no sums of squares.
 */
export class PenalizedPartition {
  readonly #counts: Int32Array;
  readonly #sums: Float64Array;
  readonly #best: Float64Array;
  readonly #from: Int32Array;
  readonly #queue: Int32Array;
  readonly #start: Int32Array;

  constructor({ counts, sums }: Sums) {
    this.#counts = counts;
    this.#sums = sums;
    this.#best = new Float64Array(counts.length);
    this.#from = new Int32Array(counts.length);
    this.#queue = new Int32Array(counts.length);
    this.#start = new Int32Array(counts.length);
  }

  /** The best partition where each cluster costs `price`. */
  solve(price: number): Partition {
    const [counts, sums, best, from] = [this.#counts, this.#sums, this.#best, this.#from];
    const [queue, start] = [this.#queue, this.#start];
    const end = counts.length - 1;
    let [head, tail] = [0, 1];
    best[0] = 0;
    queue[0] = 0;
    start[0] = 1;
    for (let n = 1; n <= end; n++) {
      while (head + 1 < tail && start[head + 1]! <= n) head++;
      const j = queue[head]!;
      best[n] = gain(counts, sums, best, j, n) - price;
      from[n] = j;
      if (n === end) break;
      // A later one that is better already where the last in the queue would begin leaves that no interval.
      while (
        tail - 1 > head &&
        start[tail - 1]! > n &&
        gainsMore(counts, sums, best, n, queue[tail - 1]!, start[tail - 1]!)
      ) {
        tail--;
      }
      const first = takeover(counts, sums, best, n, queue[tail - 1]!, start[tail - 1]!);
      if (first > end) continue;
      queue[tail] = n;
      start[tail++] = first;
    }
    return this.#trace(end);
  }

  #trace(end: number): Partition {
    let clusters = 0;
    for (let n = end; n > 0; n = this.#from[n]!) clusters++;
    const boundaries = new Int32Array(clusters + 1);
    for (let [n, k] = [end, clusters]; k > 0; n = this.#from[n]!) boundaries[k--] = n;
    return { boundaries, explained: explainedBy(this.#counts, this.#sums, boundaries) };
  }
}

/** What clusters explain of Σv², see `Partition`. */
export function explainedBy(
  counts: Int32Array,
  sums: Float64Array,
  boundaries: Int32Array,
): number {
  let explained = 0;
  for (let k = 1; k < boundaries.length; k++) {
    const [from, to] = [boundaries[k - 1]!, boundaries[k]!];
    explained += (sums[to]! - sums[from]!) ** 2 / (counts[to]! - counts[from]!);
  }
  return explained;
}

/** Value of ending at n with a cluster that begins at j. */
function gain(
  counts: Int32Array,
  sums: Float64Array,
  best: Float64Array,
  j: number,
  n: number,
): number {
  const sum = sums[n]! - sums[j]!;
  return best[j]! + (sum * sum) / (counts[n]! - counts[j]!);
}

function gainsMore(
  counts: Int32Array,
  sums: Float64Array,
  best: Float64Array,
  later: number,
  earlier: number,
  n: number,
): boolean {
  return gain(counts, sums, best, later, n) > gain(counts, sums, best, earlier, n);
}

/** First n at which `later` is better than `earlier`, which is best from `start` on; beyond the end where there is none. */
function takeover(
  counts: Int32Array,
  sums: Float64Array,
  best: Float64Array,
  later: number,
  earlier: number,
  start: number,
): number {
  const end = counts.length - 1;
  // Not better at `low`, perhaps at `high`.
  let low = start > later ? start : later;
  let step = 1;
  let high = low + 1;
  while (high <= end && !gainsMore(counts, sums, best, later, earlier, high)) {
    low = high;
    step *= 2;
    high = low + step;
  }
  if (high > end) {
    if (low === end || !gainsMore(counts, sums, best, later, earlier, end)) return end + 1;
    high = end;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (gainsMore(counts, sums, best, later, earlier, middle)) high = middle;
    else low = middle;
  }
  return high;
}
