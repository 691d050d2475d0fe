import { multiStepSchedule, stepSchedule } from '@pare/core';
import type { Schedule } from '@pare/core';

/** How the learning rate of a stage falls. */
export interface EpochDecay {
  readonly decay: number;
  /** Epochs done when it falls; missing: it falls after every one. */
  readonly milestones?: readonly number[] | undefined;
}

/** The learning rate times `decay`, after every epoch or at milestones. */
export const epochDecay = ({ decay, milestones }: EpochDecay): Schedule =>
  milestones === undefined
    ? stepSchedule({ every: 1, gamma: decay })
    : multiStepSchedule({ milestones: [...milestones], gamma: decay });
