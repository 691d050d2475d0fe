import type { PartReference } from '@pare/core';
import type { Parameter } from '@pare/graph';

/** One group of weights and what is done with it. */
export interface CompressionTask {
  /** Unique and readable: the line's left side, or the layer's name where a line gave one task a layer. */
  readonly name: string;
  /** Kernels of layers, in the order of the network. Several share one codebook or one count. */
  readonly parameters: readonly Parameter[];
  /** Configuration for `createCompression`, percentages counted; several are a sum. */
  readonly parts: readonly PartReference[];
  /** Of the sum. */
  readonly options: { readonly repetitions?: number };
  /** Pixels of the layer's output, height · width, where the task is one layer in the graph; 1 for a dense one. */
  readonly spatial?: number;
}
