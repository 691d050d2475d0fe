import type { PartReference } from '@pare/core';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';

/** One compression step. Plain data: everything that the result depends on, so that any thread gives the same one. */
export interface CompressionJob {
  /** Names the step in errors, for example by its layer. */
  readonly name?: string;
  /** What is done, as `createCompression` takes it; several are a sum. */
  readonly parts: readonly PartReference[];
  /** Options of the sum. */
  readonly options: { readonly repetitions?: number };
  /** Weights less multipliers, v = w - λ/μ, in PyTorch's order of the joined group. */
  readonly weights: Float32Array | Float64Array;
  /** Shape in PyTorch's order, or [count] for a vector or several tensors joined. */
  readonly shape: readonly number[];
  /** Penalty parameter μ, 0 for direct compression. */
  readonly mu: number;
  /** A whole number; the random numbers of the step are drawn from it. */
  readonly seed: number;
  /** Pixels of the layer's output, height · width. */
  readonly spatial?: number;
  /** Result of the step before, where this one goes on from it. */
  readonly previous?: CompressedWeights;
}

/** What a compression step gives. */
export interface CompressionResult {
  /** Θ. */
  readonly theta: CompressedWeights;
  /** Δ(Θ), in the order of the weights. */
  readonly delta: Float32Array;
  /** Sentences about where the step did something else than its options say. */
  readonly warnings: readonly string[];
}

/** Runs compression steps side by side. Whoever makes one disposes of it: then its threads end. */
export interface CompressionRunner extends AsyncDisposable {
  /**
   * Results in the order of the jobs, the same for any number of threads. The jobs' arrays are neither changed nor handed
   * over. Throws the error of the first job in the list that fails, with its code and the name of the job, when all have
   * ended; `WORKER_DIED` where a thread ends on its way; `RUNNER_CLOSED` after disposal.
   */
  run(jobs: readonly CompressionJob[]): Promise<CompressionResult[]>;
}
