import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import { unitOption, unitsDone, unitsInStage } from './unit.ts';
import type { Schedule } from '../contracts/schedule.ts';

/** Options of `linearSchedule`. */
export const linearOptions = z.strictObject({
  from: z.number().nonnegative().default(1),
  to: z.number().nonnegative().default(0),
  /** Epochs (or steps) of the ramp; default: the whole stage. */
  over: z.int().positive().optional(),
  per: unitOption,
});

/** Options of `polynomialSchedule`. */
export const polynomialOptions = linearOptions.extend({ power: z.number().positive().default(1) });

/** A straight ramp, then `to`: PyTorch's LinearLR with start_factor = from, end_factor = to. */
export function linearSchedule(options: z.input<typeof linearOptions> = {}): Schedule {
  return ramp({
    ...parseOptions(linearOptions, options, { owner: 'schedule "linear"' }),
    power: 1,
  });
}

/** to + (from - to)(1 - t)^power with t from 0 to 1, then `to`; from 1 to 0 it is PyTorch's PolynomialLR. */
export function polynomialSchedule(options: z.input<typeof polynomialOptions> = {}): Schedule {
  return ramp(parseOptions(polynomialOptions, options, { owner: 'schedule "polynomial"' }));
}

function ramp({ from, to, over, per, power }: z.output<typeof polynomialOptions>): Schedule {
  return (progress) => {
    const share = Math.min(unitsDone(progress, per) / (over ?? unitsInStage(progress, per)), 1);
    return to + (from - to) * (1 - share) ** power;
  };
}
