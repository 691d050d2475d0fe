import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { unitOption, unitsDone } from './unit.ts';
import type { Schedule } from '../contracts/schedule.ts';

/** Options of `multiStepSchedule`. */
export const multiStepOptions = z.strictObject({
  /** Epochs (or steps) done when the factor falls. */
  milestones: z.array(z.int().nonnegative()),
  gamma: z.number().positive().default(0.1),
  per: unitOption,
});

/** Times `gamma` at each milestone: PyTorch's MultiStepLR. */
export function multiStepSchedule(options: z.input<typeof multiStepOptions>): Schedule {
  const owner = 'schedule "multi-step"';
  const { milestones, gamma, per } = parseOptions(multiStepOptions, options, { owner });
  return (progress) => {
    const done = unitsDone(progress, per);
    return gamma ** milestones.filter((milestone) => milestone <= done).length;
  };
}
