import type { DType, TensorData } from '@pare/graph';

/** A tensor on its way to or from the worker. */
export interface WireTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** One session run asked of the worker. */
export interface WorkerRequest {
  /** From 1; 0 is the worker's word that the session is open. */
  readonly id: number;
  readonly inputs: readonly WireTensor[];
  /** Comma-separated, in the order of `inputs`. */
  readonly inputNames: string;
  readonly outputNames: string;
  /** How many of the outputs to send back. */
  readonly keep: number;
  /** Close the session and end. */
  readonly close?: boolean;
}

/** The worker's answer. */
export interface WorkerResponse {
  readonly id: number;
  readonly outputs?: readonly TensorData[];
  readonly error?: string;
}
