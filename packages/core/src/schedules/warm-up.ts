import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { unitOption, unitsDone } from './unit.ts';
import type { Progress, Schedule } from '../contracts/schedule.ts';
import type { Unit } from './unit.ts';

/** Options of `warmUp`. */
export const warmUpOptions = z.strictObject({
  /** Epochs (or steps) of the warm-up. */
  over: z.int().positive(),
  /** Factor at the very start. */
  from: z.number().nonnegative().default(0),
  per: unitOption,
  /** `chain`: the wrapped schedule runs from the start and is multiplied. `sequence`: it starts after the warm-up. */
  mode: z.enum(['chain', 'sequence']).default('chain'),
});

/**
 * A straight ramp from `from` to 1 before (or over) another schedule: PyTorch's LinearLR in a ChainedScheduler
 * (`chain`) or a SequentialLR (`sequence`).
 */
export function warmUp(schedule: Schedule, options: z.input<typeof warmUpOptions>): Schedule {
  const owner = 'schedule "warm-up"';
  const { over, from, per, mode } = parseOptions(warmUpOptions, options, { owner });
  return (progress) => {
    const ramp = from + (1 - from) * Math.min(unitsDone(progress, per) / over, 1);
    if (mode === 'chain') return ramp * schedule(progress);
    if (unitsDone(progress, per) < over) return ramp;
    return schedule(later(progress, over, per));
  };
}

/** Progress counted from the end of the warm-up. */
function later(progress: Progress, over: number, per: Unit): Progress {
  const { stepsPerEpoch } = progress;
  const steps = per === 'step' ? over : over * stepsPerEpoch;
  const step = progress.step - steps;
  return {
    step,
    epoch: Math.floor(step / stepsPerEpoch),
    stepsPerEpoch,
    epochs: progress.epochs - steps / stepsPerEpoch,
  };
}
