import type { DType, TensorData, Value } from '../ir/value.ts';
import type { Program } from '../program/program.ts';
import type { Closeness } from './difference.ts';

/** A tensor that a case feeds to an engine. */
export interface CaseTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** A small program with data: every engine must compute what `evaluate` computes. */
export interface OpCase extends Closeness {
  readonly name: string;
  /** Primitive ops that the case is about. */
  readonly ops: readonly string[];
  readonly program: Program;
  readonly feeds: Readonly<Record<string, CaseTensor>>;
  readonly variables: ReadonlyMap<string, CaseTensor>;
  /** The scalar that was differentiated, and by what; its gradients are the outputs `gradient of <name>`. */
  readonly differentiated?: {
    readonly loss: Value;
    readonly wrt: ReadonlyMap<string, Value>;
    /** Run-time dimensions that the loss needs. */
    readonly dimensions: readonly Value[];
  };
}
