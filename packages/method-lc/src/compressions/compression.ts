import type { Logger, Random } from '@pare/core';
import type { CompressedWeights } from './compressed-weights.ts';
import type { Svd } from './linear-algebra/svd.ts';

/** What a compression step knows besides the weights. */
export interface CompressionContext<Theta extends CompressedWeights = CompressedWeights> {
  /** Penalty parameter μ, 0 for direct compression. Constraints do not depend on it, penalties do. */
  readonly mu: number;
  /** Shape in PyTorch's order: [out, in], [out, in, height, width], or [count] for a vector or several tensors joined. */
  readonly shape: readonly number[];
  /** Seeded numbers. Only k-means with restarts draws any. */
  readonly random: Random;
  /** Result of the step before, for steps that start there. */
  readonly previous?: Theta;
  /** Pixels of the layer's output, height · width. Needed where a convolution's cost is counted in multiply-adds. */
  readonly spatial?: number;
  /** Replaces the singular value decomposition, for example by a native one. */
  readonly svd?: Svd;
  /** Told where a step does something else than its options say. */
  readonly logger?: Pick<Logger, 'warn'>;
}

/**
 * One kind of compressed weights and the projection on it: the C step of the learning-compression algorithm
 * (arXiv 2005.07786). It has no state of its own: what is learned is Θ.
 */
export interface Compression<Theta extends CompressedWeights = CompressedWeights> {
  readonly name: string;

  /**
   * The Θ of least ‖v - Δ(Θ)‖², for penalties of least (μ/2)·‖v - Δ(Θ)‖² + α·C(Θ). `v` is rounded to float32 first, as
   * weights are; sums are formed in float64. `v` is not changed, and the result shares no memory with it.
   */
  compress(v: Float32Array | Float64Array, context: CompressionContext<Theta>): Theta;

  /** Δ(Θ), in the order of `v`. */
  decompress(theta: Theta): Float32Array;

  /** Bits as the authors of the algorithm count them. */
  bits(theta: Theta): number;

  /** Bits of everything that is needed to decompress, at the precision that is really kept. */
  storedBits(theta: Theta): number;

  /** Numbers as the authors count them: entries of a codebook and one index a weight, weights that are left, factors. */
  parameters(theta: Theta): number;

  /** Multiply-adds of the layer for one image with `spatial` output pixels; only where compression changes them. */
  macs?(theta: Theta, spatial: number): number;
}
