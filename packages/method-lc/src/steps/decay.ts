import type { TrainStage } from '@pare/core';
import type { LcOptions } from '../options.ts';

/** Weight decay on weights of layers, with or without norm scales; biases and shifts have none. */
export function decaysOnly({
  weightDecay,
  decayed,
}: Pick<LcOptions, 'weightDecay' | 'decayed'>): NonNullable<TrainStage['adjust']> {
  return ({ role }) => {
    const decays =
      weightDecay === 0 || role === 'weight' || (decayed === 'weights' && role === 'norm-scale');
    return decays ? {} : { weightDecay: 0 };
  };
}
