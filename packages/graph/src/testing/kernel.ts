import type { Dim } from '../ir/dim.ts';
import type { Attributes, DType } from '../ir/value.ts';
import type { ReferenceTensor } from './reference-tensor.ts';

/** What a reference kernel sees of one node. */
export interface KernelCall {
  readonly inputs: readonly ReferenceTensor[];
  readonly attributes: Attributes;
  /** Shapes and types of the outputs, symbols replaced by numbers. */
  readonly outputs: readonly { readonly shape: readonly number[]; readonly dtype: DType }[];
  /** Value of a dimension in this run. */
  readonly dim: (dim: Dim) => number;
}

/** Computes the outputs of one node by plain loops. */
export type Kernel = (call: KernelCall) => readonly ReferenceTensor[];

/** Reference kernels by op name. */
export type Kernels = Readonly<Record<string, Kernel>>;
