import type { Dim } from './dim.ts';
import type { Attributes, Node, TensorSpec, Value } from './value.ts';

/** Work of one node: multiply-adds (matrix products and convolutions only) and floating-point operations. */
export interface NodeCost {
  readonly macs: Dim;
  readonly flops: Dim;
}

/** What a gradient rule sees. */
export interface GradientContext {
  readonly node: Node;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Gradient of each output; undefined where the loss does not depend on it. */
  readonly gradients: readonly (Value | undefined)[];
  /** Which inputs need a gradient. */
  readonly needed: readonly boolean[];
}

/** How a network is brought into a program: with batch statistics and dropout, or as it is used after training. */
export type Mode = 'train' | 'eval';

/** Assignment that a program makes to a variable after all reads. */
export interface Update {
  readonly variable: Value;
  readonly value: Value;
}

/** What the rule of a mode-dependent op sees when a network is instantiated. */
export interface InstantiateContext {
  readonly node: Node;
  readonly inputs: readonly Value[];
  readonly mode: Mode;
  /** int32 [2] seed of this node, or undefined where the program was given none. */
  readonly seed: Value | undefined;
  /** The state variables behind the node's inputs before substitution (running statistics). */
  readonly update: (update: Update) => void;
}

/** A primitive op: shape rule, gradient and cost. The list of primitives is closed; anything else is a composite. */
export interface OpDefinition {
  readonly name: string;
  /** Shapes and types of the outputs; throws GraphError when inputs or attributes do not fit. */
  readonly infer: (inputs: readonly Value[], attributes: Attributes) => readonly TensorSpec[];
  /** Gradients of the inputs (undefined: none flows). Missing: the op cannot be differentiated. */
  readonly gradient?: (context: GradientContext) => readonly (Value | undefined)[];
  /** True where the op's derivative is zero or undefined everywhere, so that gradients stop here. */
  readonly stopsGradient?: boolean;
  /** True where each element of the output comes from the elements at its place in the inputs. */
  readonly elementwise?: boolean;
  /** True for elementwise ops that repeat operands by the broadcasting rule themselves. */
  readonly broadcasts?: boolean;
  /** Cost of one run; missing: one FLOP for each element of the first output. */
  readonly cost?: (node: Node) => NodeCost;
  /** Replacement of ops that only steer differentiation or shape inference; applied when a program is closed. */
  readonly lower?: (context: {
    readonly node: Node;
    readonly inputs: readonly Value[];
    readonly outputs: readonly Value[];
  }) => readonly Value[];
  /** Mode-dependent ops (batch norm, dropout) are replaced by this rule and never reach an engine. */
  readonly instantiate?: (context: InstantiateContext) => readonly Value[];
}
