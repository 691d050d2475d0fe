import { add, mul } from '@pare/graph';
import { scaledName } from './scalar-feeds.ts';
import type { Value } from '@pare/graph';
import type { GradientPair } from '../contracts/optimizer.ts';
import type { ScalarFeeds } from './scalar-feeds.ts';

/** `coupled`: added to the gradient. `decoupled`: the weight shrinks on its own (Loshchilov and Hutter 2019). */
export type DecayMode = 'coupled' | 'decoupled';

/** Weight decay of an optimizer, for pairs that do not bring their own. */
export interface WeightDecay {
  readonly weightDecay: number;
  readonly mode: DecayMode;
}

/** Weight and gradient that the update rule goes on with after decay. */
export function decayed(
  pair: GradientPair,
  decay: WeightDecay,
  scalars: ScalarFeeds,
): { weight: Value; gradient: Value } {
  const { gradient, learningRateScale: scale = 1 } = pair;
  const weight = pair.parameter.variable;
  const weightDecay = pair.weightDecay ?? decay.weightDecay;
  if (weightDecay === 0) return { weight, gradient };
  if (decay.mode === 'coupled')
    return { weight, gradient: add(gradient, mul(weight, weightDecay)) };
  const name = `${scaledName('keep', scale)}/${weightDecay}`;
  const keep = scalars.scalar(name, (_step, rate) => 1 - rate * scale * weightDecay);
  return { weight: mul(weight, keep), gradient };
}
