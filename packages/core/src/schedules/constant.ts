import { z } from 'zod';
import { parseOptions } from '../options/parse-options.ts';
import type { Schedule } from '../contracts/schedule.ts';

/** Options of `constantSchedule`. */
export const constantOptions = z.strictObject({
  factor: z.number().nonnegative().default(1),
});

/** The same factor at all times. */
export function constantSchedule(options: z.input<typeof constantOptions> = {}): Schedule {
  const { factor } = parseOptions(constantOptions, options, { owner: 'schedule "constant"' });
  return () => factor;
}
