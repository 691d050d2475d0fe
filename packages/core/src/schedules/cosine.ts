import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { unitOption, unitsDone, unitsInStage } from './unit.ts';
import type { Schedule } from '../contracts/schedule.ts';

/** Options of `cosineSchedule`. */
export const cosineOptions = z.strictObject({
  /** Factor at the end. */
  to: z.number().nonnegative().default(0),
  /** Epochs (or steps) of the fall; default: the whole stage. */
  over: z.int().positive().optional(),
  per: unitOption,
});

/**
 * Half a cosine from 1 to `to`: PyTorch's CosineAnnealingLR with eta_min = to * lr (Loshchilov and Hutter 2017, eq. 5).
 * Stays at `to` afterwards, where PyTorch would rise again.
 */
export function cosineSchedule(options: z.input<typeof cosineOptions> = {}): Schedule {
  const { to, over, per } = parseOptions(cosineOptions, options, { owner: 'schedule "cosine"' });
  return (progress) => {
    const share = Math.min(unitsDone(progress, per) / (over ?? unitsInStage(progress, per)), 1);
    return to + ((1 - to) * (1 + Math.cos(Math.PI * share))) / 2;
  };
}
