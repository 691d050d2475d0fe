import { PareError } from '@pare/core';
import type { Schedule } from '@pare/core';
import type { LcOptions } from '../options.ts';

/** One L step with what follows it. */
export interface LcStep {
  readonly mu: number;
  /** Epochs of the stage that it takes: from `from` (counted from 1) on; none where it is left out. */
  readonly from: number;
  readonly epochs: number;
  /** Multipliers move behind it: at the last step with the same μ. */
  readonly movesMultipliers: boolean;
}

type MuOptions = Pick<LcOptions, 'mu'>;

/** A run with more steps would not end. */
const mostSteps = 1e6;

/** μ of every step. Throws BAD_MU where a series leaves the finite numbers or has more than a million steps. */
export function muSeries({ mu }: MuOptions): number[] {
  if (Array.isArray(mu)) return [...mu];
  const { start, factor, steps, repetitions } = mu;
  const at = (i: number) => start * factor ** Math.floor(i / repetitions);
  const length = steps * repetitions;
  if (length > mostSteps) {
    throw new PareError(
      'BAD_MU',
      `method "lc": the series of mu has ${length} steps; expected at most ${mostSteps}. Choose fewer steps or repetitions.`,
    );
  }
  const last = at(length - 1);
  if (Number.isFinite(last) && last > 0) return Array.from({ length }, (_, i) => at(i));
  throw new PareError(
    'BAD_MU',
    `method "lc": the series of mu ends with ${last}; expected positive finite numbers. Choose a factor nearer to 1 or fewer steps.`,
  );
}

/** The steps of a run. Throws NOTHING_TO_TRAIN where none has an epoch. */
export function lcSteps(
  options: Pick<LcOptions, 'mu' | 'epochs' | 'firstEpochs'>,
): readonly LcStep[] {
  const series = muSeries(options);
  const { epochs, firstEpochs = 2 * epochs } = options;
  let from = 1;
  const steps = series.map((mu, i) => {
    const length = i === 0 ? firstEpochs : epochs;
    const step = { mu, from, epochs: length, movesMultipliers: series[i + 1] !== mu };
    from += length;
    return step;
  });
  if (from > 1) return steps;
  throw new PareError(
    'NOTHING_TO_TRAIN',
    'method "lc": the only L step is left out (firstEpochs: 0). Give it epochs, or more values of mu.',
  );
}

/** Index of the step that an epoch (from 1) belongs to. */
export function stepOf(steps: readonly LcStep[], epoch: number): number {
  return steps.findIndex(({ from, epochs }) => epoch >= from && epoch < from + epochs);
}

type RateOptions = Pick<LcOptions, 'learningRate' | 'decay' | 'decayPer' | 'clipLearningRate'>;

/** Learning rate of an epoch (from 1). */
export function learningRateAt(
  steps: readonly LcStep[],
  epoch: number,
  { learningRate, decay, decayPer, clipLearningRate }: RateOptions,
): number {
  const index = stepOf(steps, epoch);
  const { mu, from } = steps[index]!;
  const rate = learningRate * decay ** (decayPer === 'step' ? index : epoch - from);
  return clipLearningRate ? Math.min(rate, 1 / mu) : rate;
}

/** The learning rate of L steps as a factor of the first one's. */
export function lcSchedule(steps: readonly LcStep[], options: RateOptions): Schedule {
  return ({ epoch }) => learningRateAt(steps, epoch + 1, options) / options.learningRate;
}
