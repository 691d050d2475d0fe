import type { OpDefinition } from './op-definition.ts';
import type { Shape } from './shape.ts';

/** Element types: 32-bit float, 32-bit signed integer, boolean (one byte). */
export type DType = 'float32' | 'int32' | 'bool';

/** Typed array that holds elements of some `DType`: Float32Array, Int32Array, Uint8Array (bool). */
export type TensorData = Float32Array | Int32Array | Uint8Array;

/** Attribute of a node: plain data, so that a graph can be written as JSON. */
export type Attribute =
  | number
  | string
  | boolean
  | undefined
  | TensorData
  | readonly Attribute[]
  | { readonly [key: string]: Attribute };

/** Attributes of a node by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** Shape and type of a value. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** One application of a primitive op. Nodes are immutable and know only their inputs. */
export interface Node {
  readonly op: OpDefinition;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

/** One output of a node: a tensor that a program will compute. */
export interface Value extends TensorSpec {
  readonly node: Node;
  readonly index: number;
}

/** What elementwise functions accept: a value, or a number that becomes a scalar constant. */
export type Operand = Value | number;
