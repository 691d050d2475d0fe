import type * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Dim, TensorData } from '@pare/graph';

/** What a kernel may ask about the run it is part of. */
export interface KernelContext {
  /** Shapes of the node's outputs in this run. */
  readonly shapes: readonly (readonly number[])[];
  /** Value of a dimension in this run. */
  readonly dim: (dim: Dim) => number;
}

/** Computes a node with TensorFlow.js ops. Runs inside a tidy: whatever it does not return is disposed. */
export type DeviceKernel = (
  context: KernelContext,
  inputs: readonly tf.Tensor[],
  attributes: Attributes,
) => readonly tf.Tensor[];

/** A tensor's elements in the memory of this process, row-major. */
export interface HostView<Data extends TensorData = TensorData> {
  readonly shape: readonly number[];
  readonly data: Data;
}

/** Computes a node in JavaScript; writes every element of the outputs, whose content is undefined before. */
export type HostKernel = (
  inputs: readonly HostView[],
  outputs: readonly HostView[],
  attributes: Attributes,
) => void;

/** How an op is computed. */
export type Kernel =
  | { readonly device: DeviceKernel; readonly host?: undefined }
  | { readonly host: HostKernel; readonly device?: undefined };
