import { z } from 'zod';
import type { Progress } from '../contracts/schedule.ts';

/** Option of most schedules: whether they count epochs (and move between them) or steps. */
export const unitOption = z.enum(['epoch', 'step']).default('epoch');

/** Epochs, or steps. */
export type Unit = z.output<typeof unitOption>;

/** Units done in the stage. */
export function unitsDone(progress: Progress, unit: Unit): number {
  return unit === 'epoch' ? progress.epoch : progress.step;
}

/** Units in the whole stage. */
export function unitsInStage({ epochs, stepsPerEpoch }: Progress, unit: Unit): number {
  return unit === 'epoch' ? epochs : epochs * stepsPerEpoch;
}
