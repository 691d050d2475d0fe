import type { CompressionData } from '@pare/core';
import type { ConvScheme } from './low-rank/weight-matrix.ts';

/** Weights that take the values of a codebook. */
export interface CodebookWeights {
  readonly kind: 'codebook';
  /** Values, ascending. */
  readonly codebook: Float32Array;
  /** For each weight the index of its value. */
  readonly indices: Uint8Array | Uint16Array | Uint32Array;
}

/** Weights most of which are zero. */
export interface SparseWeights {
  readonly kind: 'sparse';
  /** Number of weights, zeros included. */
  readonly length: number;
  /** Places of the weights that are left, ascending. */
  readonly indices: Uint32Array;
  /** The weights that are left. */
  readonly values: Float32Array;
  /** The different values, ascending, where these are quantized. */
  readonly codebook?: Float32Array;
}

/** A matrix as the product of two. */
export interface FactoredWeights {
  readonly kind: 'factors';
  /** Shape of the weights in PyTorch's order. */
  readonly shape: readonly number[];
  /** How a convolution became a matrix. */
  readonly scheme?: ConvScheme;
  /** Rows and columns of the matrix that the weights were made to. */
  readonly matrix: readonly [rows: number, columns: number];
  readonly rank: number;
  /** Left factor, rows x rank. */
  readonly u: Float32Array;
  /** Right factor, rank x columns. */
  readonly v: Float32Array;
  /** All singular values of the matrix before it was cut to the rank, descending. */
  readonly singularValues: Float64Array;
  /** Where the rank was chosen: the least value of the objective, and the μ up to which the rank is 0. */
  readonly selection?: { readonly objective: number; readonly suggestedMu: number };
}

/** A sum of compressed weights. */
export interface SummedWeights {
  readonly kind: 'sum';
  readonly parts: readonly CompressedWeights[];
}

/** Weights in a form that only a plugin knows. */
export interface PluginWeights {
  readonly kind: 'plugin';
  /** Name of the compression. */
  readonly name: string;
  /** The plugin's own Θ. */
  readonly theta: CompressionData;
  /** Δ(Θ), as the data alone do not tell it. */
  readonly values: Float32Array;
  readonly bits: number;
  /** Multiply-adds of the layer for one image, where the compression changes them. */
  readonly macs?: number;
}

/** Θ: weights in compressed form. Plain data, for checkpoints and artifacts. */
export type CompressedWeights =
  CodebookWeights | SparseWeights | FactoredWeights | SummedWeights | PluginWeights;
