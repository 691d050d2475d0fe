/** Where training stands when a learning rate is asked for. */
export interface Progress {
  /** Steps done in the stage, from 0. */
  readonly step: number;
  /** Epochs done in the stage, from 0; whole number. */
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

/** A factor of the base learning rate as a pure function of the progress. */
export type Schedule = (progress: Progress) => number;
