import type { Random } from './services.ts';

/** Θ: what is learned of compressed weights. Plain data, so that checkpoints can keep it. */
export type CompressionData =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | readonly CompressionData[]
  | { readonly [key: string]: CompressionData };

/** What a compression knows besides the weights. */
export interface CompressionContext {
  /** Penalty parameter μ, 0 for direct compression: what a price on Θ is weighed against. Constraints need none. */
  readonly mu: number;
  /** Shape in PyTorch's order: [out, in], [out, in, height, width], or [count] for several layers together. */
  readonly shape: readonly number[];
  /** Seeded numbers of this step. */
  readonly random: Random;
  /** Θ of the step before, for steps that start there. */
  readonly previous?: CompressionData;
  /** Pixels of the layer's output, height · width, where the weights are of one layer. */
  readonly spatial?: number;
}

/** Weights in compressed form. */
export interface CompressedForm {
  readonly theta: CompressionData;
  /** Δ(Θ): as many finite numbers as there were weights, in their order, in a new array. */
  decompress(): Float32Array;
  /** Size of Θ. */
  readonly bits: number;
  /** Floating-point operations of the layer for one image, a multiply-add as two; only where compression changes them. */
  readonly flops?: number;
}

/** A kind of compressed weights with its options chosen: a projection on it. */
export interface Compression {
  readonly name: string;
  /**
   * The Θ of least ‖v - Δ(Θ)‖², or of least (μ/2)·‖v - Δ(Θ)‖² plus a price of Θ. `v` is not changed, and the result shares no
   * memory with it. Throws where a weight is not finite.
   */
  compress(v: Float32Array, context: CompressionContext): CompressedForm;
}
