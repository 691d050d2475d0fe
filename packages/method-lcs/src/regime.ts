import type {
  CompressedState,
  Dial,
  DialProgram,
  Objective,
  ObjectiveContext,
  OperatingPoint,
  Report,
  StepProgress,
  TrainStage,
} from '@pare/core';
import type { HostTensor } from '@pare/core';
import type { AddedParameter, Network } from '@pare/graph';

/** What a regime is told about the run. */
export interface RegimeContext {
  readonly network: Network;
  /** Optimizer steps after which compression is fully on (W); 0: from the start. */
  readonly warmUpSteps: number;
}

/** One setting with one variant: what it adds, trains and offers. */
export interface Regime {
  /** Throws where the network does not fit, for example because of its norm. May warn. */
  check(network: Network, warn: (message: string) => void): void;
  /** End points, ranges and counters that the network gets before training. */
  added(network: Network): readonly AddedParameter[];
  objective(context: ObjectiveContext, regime: RegimeContext): Objective;
  /** Values of the objective's inputs in a step. */
  feeds(progress: StepProgress, regime: RegimeContext): Record<string, HostTensor>;
  readonly adjust?: TrainStage['adjust'];
  dials(state: CompressedState): readonly Dial[];
  /** Points of the grid; the first one is the least compressed. */
  points(state: CompressedState): readonly OperatingPoint[];
  /** The plain network at a setting; the same object where only weights change. */
  at(state: CompressedState, settings: Readonly<Record<string, number>>): CompressedState;
  dial?(state: CompressedState): DialProgram;
  report(state: CompressedState): Report;
}
