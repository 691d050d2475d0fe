import { adamUpdate } from '@pare/graph';
import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { planSteps } from './plan-steps.ts';
import { scaledName } from './scalar-feeds.ts';
import type { Optimizer } from '../contracts/optimizer.ts';

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
    plan: (pairs) =>
      planSteps(pairs, { weightDecay, mode: decay }, (parts) => {
        const { parameter, weight, gradient, scale, project, scalars, state } = parts;
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
      }),
  };
}
