import type { Parameter, Update, Value } from '@pare/graph';
import type { HostTensor } from './tensor.ts';

/** What an optimizer adds to a training program. */
export interface OptimizerPlan {
  readonly updates: readonly Update[];
  /** Variables it keeps, with their first values. */
  readonly state: ReadonlyMap<string, HostTensor>;
  /** Scalars to feed in a step: by input name. `step` counts from 1. */
  feeds(step: number, learningRate: number): Record<string, HostTensor>;
}

/** A parameter with its gradient in the graph, and the settings of its group. */
export interface GradientPair {
  readonly parameter: Parameter;
  readonly gradient: Value;
  /** Factor of the learning rate; default 1. */
  readonly learningRateScale?: number;
  /** Replaces the optimizer's weight decay; default: that of the optimizer. */
  readonly weightDecay?: number;
  /** Applied to the new value before it is stored (a proximal step, a projection). */
  readonly project?: (value: Value) => Value;
}

/** An update rule, for example SGD with momentum. */
export interface Optimizer {
  readonly name: string;
  readonly learningRate: number;
  plan(pairs: readonly GradientPair[]): OptimizerPlan;
}
