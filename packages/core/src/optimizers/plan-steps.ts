import { decayed } from './weight-decay.ts';
import { OptimizerState } from './optimizer-state.ts';
import { ScalarFeeds } from './scalar-feeds.ts';
import type { Parameter, Update, Value } from '@pare/graph';
import type { GradientPair, OptimizerPlan } from '../contracts/optimizer.ts';
import type { WeightDecay } from './weight-decay.ts';

/** What the rule of an optimizer makes the updates of one parameter from. */
export interface StepParts {
  readonly parameter: Parameter;
  /** Weight and gradient with the decay in one of them. */
  readonly weight: Value;
  readonly gradient: Value;
  /** Factor of the learning rate. */
  readonly scale: number;
  /** To apply to the new weight. */
  readonly project: (value: Value) => Value;
  readonly scalars: ScalarFeeds;
  readonly state: OptimizerState;
}

/** The plan of an optimizer whose rule treats each parameter on its own. */
export function planSteps(
  pairs: readonly GradientPair[],
  decay: WeightDecay,
  rule: (parts: StepParts) => Update[],
): OptimizerPlan {
  const scalars = new ScalarFeeds();
  const state = new OptimizerState();
  const updates = pairs.flatMap((pair) => {
    const { parameter, learningRateScale: scale = 1, project = (value) => value } = pair;
    return rule({ parameter, scale, project, scalars, state, ...decayed(pair, decay, scalars) });
  });
  return { updates, state: state.values, feeds: (count, rate) => scalars.feeds(count, rate) };
}
