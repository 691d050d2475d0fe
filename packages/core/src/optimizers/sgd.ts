import { momentumUpdate, mul, sub } from '@pare/graph';
import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { planSteps } from './plan-steps.ts';
import { scaledName } from './scalar-feeds.ts';
import type { Optimizer } from '../contracts/optimizer.ts';

/** Options of `sgd`; defaults are those of PyTorch. */
export const sgdOptions = z
  .strictObject({
    learningRate: z.number().nonnegative().default(1e-3),
    momentum: z.number().min(0).lt(1).default(0),
    nesterov: z.boolean().default(false),
    weightDecay: z.number().nonnegative().default(0),
    /** `coupled` adds the decay to the gradient; `decoupled` shrinks the weight by lr * weightDecay. */
    decay: z.enum(['coupled', 'decoupled']).default('coupled'),
  })
  .refine(({ nesterov, momentum }) => !nesterov || momentum > 0, {
    path: ['nesterov'],
    message: 'Nesterov needs a momentum above 0',
  });

/** Stochastic gradient descent with momentum (dampening 0) exactly as PyTorch's SGD; state `<parameter>/momentum`. */
export function sgd(options: z.input<typeof sgdOptions> = {}): Optimizer {
  const { learningRate, momentum, nesterov, weightDecay, decay } = parseOptions(
    sgdOptions,
    options,
    { owner: 'optimizer "sgd"' },
  );
  return {
    name: 'sgd',
    learningRate,
    plan: (pairs) =>
      planSteps(pairs, { weightDecay, mode: decay }, (parts) => {
        const { parameter, weight, gradient, scale, project, scalars, state } = parts;
        const name = scaledName('learning_rate', scale);
        const rate = scalars.scalar(name, (_step, base) => base * scale);
        if (momentum === 0) {
          const moved = sub(weight, mul(gradient, rate));
          return [{ variable: parameter.variable, value: project(moved) }];
        }
        const buffer = state.zeros(parameter, 'momentum');
        const next = momentumUpdate(weight, buffer, gradient, rate, { momentum, nesterov });
        return [
          { variable: parameter.variable, value: project(next.weight) },
          { variable: buffer, value: next.buffer },
        ];
      }),
  };
}
