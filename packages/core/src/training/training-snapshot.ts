import type { Evaluation } from '../contracts/events.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { MeansState } from './running-means.ts';

/** Where a training stage stands; plain data. Everything random follows from the seed and this. */
export interface TrainingPosition {
  /** Epochs done, from 0. */
  readonly epoch: number;
  /** Steps done in this epoch. */
  readonly step: number;
  /** What comes next: the epoch's first hook, its steps, or its evaluation. */
  readonly phase: 'before' | 'steps' | 'evaluate';
  /** The hook after this epoch has ended the stage. */
  readonly stopped?: boolean;
  /** Sums over the steps done in this epoch. */
  readonly means: MeansState;
  /** Time this epoch has taken so far. */
  readonly seconds: number;
}

/** The epoch with the best evaluation so far. */
export interface BestEpoch {
  /** From 1; 0: before the first one. */
  readonly epoch: number;
  readonly evaluation: Evaluation;
  readonly weights: Tensors;
}

/** All that is needed to go on with a training stage. */
export interface TrainingSnapshot {
  readonly position: TrainingPosition;
  /** Every variable of the session: weights, optimizer state, the method's own. */
  readonly variables: Tensors;
  readonly best: BestEpoch | undefined;
}

/** The beginning of a stage. */
export const startPosition: TrainingPosition = {
  epoch: 0,
  step: 0,
  phase: 'before',
  means: { sums: {}, count: 0, correct: 0 },
  seconds: 0,
};
