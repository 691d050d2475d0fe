import type { AddedParameter, Node, Parameter, Value } from '@pare/graph';
import type { KernelContent, LayerDecision } from './layer-decision.ts';

/** A parameter that comes for a kernel. */
export interface BroughtParameter {
  readonly parameter: AddedParameter;
  readonly content: KernelContent;
  /** Its values in its own layout; made when asked for. */
  readonly values: () => Float32Array;
}

interface Plan {
  readonly parameter: Parameter;
  readonly decision: LayerDecision;
}

/** What is done with a kernel in the graph. */
export type KernelPlan =
  /** Nothing: it takes other values. */
  | (Plan & { readonly kind: 'values'; readonly values: () => Float32Array })
  /** A value made of new parameters stands for it, whatever reads it. */
  | (Plan & {
      readonly kind: 'kernel';
      readonly brought: readonly BroughtParameter[];
      readonly value: (variables: readonly Value[]) => Value;
    })
  /** New layers stand for the op that reads it. */
  | (Plan & {
      readonly kind: 'layer';
      readonly node: Node;
      readonly brought: readonly BroughtParameter[];
      readonly apply: (x: Value, variables: readonly Value[]) => Value;
      /** The layer that takes the bias. */
      readonly last: string;
    });
