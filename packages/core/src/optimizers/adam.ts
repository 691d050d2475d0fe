import { adamUpdate } from '@pare/graph';
import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { OptimizerState } from './optimizer-state.ts';
import { ScalarFeeds, scaledName } from './scalar-feeds.ts';
import { decayed } from './weight-decay.ts';
import type { Update, Value } from '@pare/graph';
import type { GradientPair, Optimizer } from '../contracts/optimizer.ts';

/** Options of `adam`; defaults are those of PyTorch. */
export const adamOptions = z.strictObject({
  learningRate: z.number().nonnegative().default(1e-3),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().nonnegative().default(1e-8),
  weightDecay: z.number().nonnegative().default(0),
  /** `coupled` is PyTorch's Adam; `decoupled` its AdamW. */
  decay: z.enum(['coupled', 'decoupled']).default('coupled'),
});

/** Adam (Kingma and Ba 2015) as PyTorch's Adam or AdamW; state `<parameter>/adam_m` and `<parameter>/adam_v`. */
export function adam(options: z.input<typeof adamOptions> = {}): Optimizer {
  const { learningRate, epsilon, weightDecay, decay, ...betas } = parseOptions(
    adamOptions,
    options,
    { owner: 'optimizer "adam"' },
  );
  // The kernels use the betas as float32; a correction with other betas would not cancel what they do.
  const beta1 = Math.fround(betas.beta1);
  const beta2 = Math.fround(betas.beta2);
  const spread = (step: number) => Math.sqrt(1 - beta2 ** step);
  return {
    name: 'adam',
    learningRate,
    plan(pairs) {
      const scalars = new ScalarFeeds();
      const state = new OptimizerState();
      const step = (pair: GradientPair): Update[] => {
        const { parameter, learningRateScale: scale = 1, project = same } = pair;
        const { weight, gradient } = decayed(pair, { weightDecay, mode: decay }, scalars);
        const name = scaledName('adam_alpha', scale);
        const alpha = scalars.scalar(
          name,
          (count, base) => (base * scale * spread(count)) / (1 - beta1 ** count),
        );
        const guard = scalars.scalar('adam_epsilon', (count) => epsilon * spread(count));
        const first = state.zeros(parameter, 'adam_m');
        const second = state.zeros(parameter, 'adam_v');
        const moments = { weight, first, second };
        const next = adamUpdate(moments, gradient, alpha, guard, { beta1, beta2 });
        return [
          { variable: parameter.variable, value: project(next.weight) },
          { variable: first, value: next.first },
          { variable: second, value: next.second },
        ];
      };
      return {
        updates: pairs.flatMap(step),
        state: state.values,
        feeds: (count, rate) => scalars.feeds(count, rate),
      };
    },
  };
}

const same = (value: Value) => value;
