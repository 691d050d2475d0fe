import { checkFit } from '../evaluation/check-data.ts';
import { selectVariables } from '../evaluation/select-variables.ts';
import { buildTrainingProgram } from './build-training-program.ts';
import { StageTraining } from './stage-training.ts';
import { withHostVariables } from './with-host-variables.ts';
import type { Dataset } from '../contracts/dataset.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Evaluation, RunEvent } from '../contracts/events.ts';
import type { CompressedState, TrainStage } from '../contracts/method.ts';
import type { Clock, Random } from '../contracts/services.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { TrainingPrograms } from './build-training-program.ts';
import type { TrainingSnapshot } from './training-snapshot.ts';

/** How often things happen in training. */
export interface TrainingSettings {
  /** Epochs between evaluations, 0: none; default 1. A stage that keeps its best epoch evaluates each. */
  readonly evaluateEvery?: number;
  /** Images in a batch of an evaluation; default by image size. */
  readonly evaluationBatchSize?: number;
  /** Epochs (default 1) and steps within an epoch (default 0) between checkpoints; 0: none. A stage's last epoch has one. */
  readonly checkpointEvery?: { readonly epochs?: number; readonly steps?: number };
  /** Least milliseconds between two `step` events; default 200. */
  readonly stepEventInterval?: number;
}

/** What a training stage is run with. */
export interface TrainStageOptions extends CompressedState {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly stage: TrainStage;
  /** Stream of this stage alone. */
  readonly random: Random;
  readonly clock: Clock;
  readonly settings?: TrainingSettings;
  /** Stops after the step in progress, with a snapshot saved. */
  readonly signal?: AbortSignal;
  /** What evaluations are about, where it is not the network as it is trained. */
  readonly measured?: (state: CompressedState) => CompressedState;
  /** Where to go on. */
  readonly resume?: TrainingSnapshot;
  /** Keeps a snapshot and gives its path; called as often as the settings say, and on a stop. */
  readonly save?: (snapshot: TrainingSnapshot) => Promise<string>;
}

/** How a training stage ended. */
export interface TrainOutcome {
  /** The network's parameters, and the variables that the stage carries on. */
  readonly weights: Tensors;
  /** Names of variables that have ended with the stage. */
  readonly ended: ReadonlySet<string>;
  /** Evaluation of these weights, where training has made one. */
  readonly evaluation: Evaluation | undefined;
  /** True where the signal stopped it. */
  readonly interrupted: boolean;
}

/**
 * Trains a network through one stage and tells what happens. Throws NON_FINITE_LOSS, BAD_LABEL, DATASET_MISMATCH,
 * MISSING_VARIABLE and what the engine or the data set throws.
 */
export async function* trainStage(
  options: TrainStageOptions,
): AsyncGenerator<RunEvent, TrainOutcome, void> {
  const { engine, network, dataset, stage, resume } = options;
  checkFit(network, dataset.info);
  const now = new Map([...options.weights, ...(resume?.variables ?? [])]);
  const built = buildTrainingProgram(network, stage, now);
  const own = resume ? new Map<string, HostTensor>() : ownVariables(options);
  const first =
    resume?.variables ?? new Map([...options.weights, ...built.optimizer.state, ...own]);
  const inPrograms = variablesOf(built);
  const isKeptHere = ([name]: [string, HostTensor]) => !inPrograms.has(name);
  const keptHere = new Map([...(resume?.variables ?? own)].filter(isKeptHere));
  const opened = await engine.open(built.programs);
  const session = withHostVariables(opened, keptHere);
  try {
    const variables = selectVariables(inPrograms, first, `stage "${stage.name}"`);
    await session.write(variables);
    const anchor = new Map([...variables, ...keptHere]);
    await using training = new StageTraining(options, built, session, anchor);
    return yield* training.run();
  } finally {
    await session.dispose();
  }
}

function ownVariables({ network, weights, stage }: TrainStageOptions): Tensors {
  const { variables = new Map() } = stage;
  return typeof variables === 'function' ? variables({ network, weights }) : variables;
}

const variablesOf = ({ programs }: TrainingPrograms) =>
  new Map(Object.values(programs).flatMap((program) => [...program.variables]));
