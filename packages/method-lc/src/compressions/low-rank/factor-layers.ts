import { PareError } from '@pare/core';
import type { FactoredWeights } from '../compressed-weights.ts';

/** One of the two layers that stand for a compressed one, in PyTorch's order. */
export interface FactorLayer {
  /** [out, in] or [out, in, height, width]. */
  readonly shape: readonly number[];
  readonly weights: Float32Array;
  /** Whether it takes the layer's stride, pads and dilation, vertically and horizontally; else they are 1, 0 and 1. */
  readonly slides: readonly [vertical: boolean, horizontal: boolean];
}

/**
 * The two layers that compute what the product does: `first` has `rank` outputs and no bias, `second` takes the layer's
 * bias. Throws `NO_FACTORS` for rank 0, which leaves no layer but its bias.
 */
export function factorLayers(theta: FactoredWeights): { first: FactorLayer; second: FactorLayer } {
  const { shape, scheme, rank, u, v } = theta;
  if (rank === 0) {
    throw new PareError(
      'NO_FACTORS',
      `Weights [${shape.join(', ')}] of rank 0 have no factors: the layer's output is its bias.`,
    );
  }
  const [n = 1, m = 1, h = 1, w = 1] = shape;
  if (shape.length === 2) {
    return {
      first: { shape: [rank, m], weights: v.slice(), slides: [false, false] },
      second: { shape: [n, rank], weights: u.slice(), slides: [false, false] },
    };
  }
  if (scheme === 'scheme-1') {
    return {
      first: { shape: [rank, m, h, w], weights: v.slice(), slides: [true, true] },
      second: { shape: [n, rank, 1, 1], weights: u.slice(), slides: [false, false] },
    };
  }
  return {
    first: { shape: [rank, m, 1, w], weights: v.slice(), slides: [false, true] },
    second: { shape: [n, rank, h, 1], weights: columnsFirst(u, n, h, rank), slides: [true, false] },
  };
}

/** [n, h, rank] to [n, rank, h]. */
function columnsFirst(u: Float32Array, n: number, h: number, rank: number): Float32Array {
  const weights = new Float32Array(u.length);
  for (let filter = 0; filter < n; filter++)
    for (let y = 0; y < h; y++)
      for (let r = 0; r < rank; r++)
        weights[(filter * rank + r) * h + y] = u[(filter * h + y) * rank + r]!;
  return weights;
}
