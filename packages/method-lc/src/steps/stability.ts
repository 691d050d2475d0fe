import { learningRateAt } from './lc-steps.ts';
import type { LcOptions } from '../options.ts';
import type { LcStep } from './lc-steps.ts';

type Rates = Pick<
  LcOptions,
  'learningRate' | 'decay' | 'decayPer' | 'clipLearningRate' | 'momentum' | 'nesterov'
>;

/**
 * The product of learning rate and μ from which SGD diverges on the penalty (μ/2)·‖w - t‖² alone: 2·(1 + β) for heavy-ball
 * momentum β, 2·(1 + β)/(1 + 2·β) for PyTorch's Nesterov momentum.
 */
export function stabilityBound({ momentum, nesterov }: Pick<LcOptions, 'momentum' | 'nesterov'>) {
  return (2 * (1 + momentum)) / (nesterov ? 1 + 2 * momentum : 1);
}

/** What to say of steps that will diverge; undefined where none is known to. */
export function stabilityWarning(steps: readonly LcStep[], options: Rates): string | undefined {
  const bound = stabilityBound(options);
  const unstable = steps.findIndex(
    ({ mu, from, epochs }) => epochs > 0 && mu * learningRateAt(steps, from, options) >= bound,
  );
  if (unstable < 0) return undefined;
  const { mu, from } = steps[unstable]!;
  const rate = learningRateAt(steps, from, options);
  return `lc: step ${unstable + 1} of ${steps.length} has mu ${text(mu)} and learning rate ${text(rate)}: their product ${text(mu * rate)} is not below ${text(bound)}, so the penalty alone will make training diverge. ${advice}`;
}

const advice =
  'Set clipLearningRate: true (rates of at most 1/mu), or choose a lower learning rate or a lower last mu.';

/** What to do where the objective is not finite any more in an epoch. */
export function divergenceAdvice(
  steps: readonly LcStep[],
  options: Rates,
  step: number,
  epoch: number,
): string {
  const { mu } = steps[step]!;
  const rate = learningRateAt(steps, epoch, options);
  const bound = stabilityBound(options);
  if (mu * rate < bound) {
    return `This is step ${step + 1} of ${steps.length} with mu ${text(mu)} and learning rate ${text(rate)}; the penalty does not diverge with these (their product is below ${text(bound)}), so the learning rate is too large for the network. Choose a lower learningRate.`;
  }
  return `This is step ${step + 1} of ${steps.length} with mu ${text(mu)} and learning rate ${text(rate)}; their product ${text(mu * rate)} must stay below ${text(bound)}. ${advice}`;
}

const text = (value: number) => String(Number(value.toPrecision(4)));
