import { momentumUpdate, mul, sub } from '@pare/graph';
import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { OptimizerState } from './optimizer-state.ts';
import { ScalarFeeds, scaledName } from './scalar-feeds.ts';
import { decayed } from './weight-decay.ts';
import type { Update, Value } from '@pare/graph';
import type { GradientPair, Optimizer } from '../contracts/optimizer.ts';

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
    plan(pairs) {
      const scalars = new ScalarFeeds();
      const state = new OptimizerState();
      const step = (pair: GradientPair): Update[] => {
        const { parameter, learningRateScale: scale = 1, project = same } = pair;
        const { weight, gradient } = decayed(pair, { weightDecay, mode: decay }, scalars);
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
