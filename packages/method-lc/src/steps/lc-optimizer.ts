import { sgd } from '@pare/core';
import type { Optimizer } from '@pare/core';
import type { LcOptions } from '../options.ts';

type SgdOptions = Pick<LcOptions, 'momentum' | 'nesterov' | 'weightDecay'>;

/** SGD of all stages; without momentum there is no Nesterov momentum either. */
export function lcOptimizer(
  { momentum, nesterov, weightDecay }: SgdOptions,
  learningRate: number,
): Optimizer {
  return sgd({ learningRate, momentum, nesterov: nesterov && momentum > 0, weightDecay });
}
