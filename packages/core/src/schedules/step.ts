import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { unitOption, unitsDone } from './unit.ts';
import type { Schedule } from '../contracts/schedule.ts';

/** Options of `stepSchedule`. */
export const stepOptions = z.strictObject({
  every: z.int().positive(),
  gamma: z.number().positive().default(0.1),
  per: unitOption,
});

/** Times `gamma` after every `every` epochs (or steps): PyTorch's StepLR. */
export function stepSchedule(options: z.input<typeof stepOptions>): Schedule {
  const { every, gamma, per } = parseOptions(stepOptions, options, { owner: 'schedule "step"' });
  return (progress) => gamma ** Math.floor(unitsDone(progress, per) / every);
}
