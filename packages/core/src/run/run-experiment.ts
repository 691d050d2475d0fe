import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PareError } from '../errors/pare-error.ts';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { systemClock } from '../services/clock.ts';
import { checkpointVersion, identify } from './checkpoint.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { coreVersion } from '../registry/core-version.ts';
import { datasetFacts } from './dataset-facts.ts';
import { Experiment } from './experiment.ts';
import { planStages } from './plan-stages.ts';
import { createRunFolder, describeRun, runFiles, unlockRunFolder } from './run-folder.ts';
import { folderRecorder, memoryRecorder } from './run-recorder.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { StartReference } from '../config/start-reference.ts';
import type { Clock } from '../contracts/services.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ExperimentParts } from './experiment.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { FileOperations } from './write-atomically.ts';

/** How a new run is made. */
export interface ExperimentOptions extends ExperimentParts {
  /** Run folder, for example `runs/mnist`; undefined: nothing is written. */
  readonly folder?: string;
  /** Default: the last part of the folder. */
  readonly name?: string;
  /** Replaces an older run in the folder. */
  readonly force?: boolean;
  /** First weights, as `loadStart` gives them; default drawn from the seed. */
  readonly weights?: Tensors;
  /** File operations for checkpoints; for tests. */
  readonly files?: FileOperations;
}

/**
 * Runs all stages of a method and tells what happens; the last event is `result`, or `interrupted` after a stop. The
 * folder then holds configuration, environment, events, checkpoints, the model and reports. Throws RUN_FOLDER_EXISTS,
 * RUN_IN_PROGRESS and what its parts throw.
 */
export async function* runExperiment(
  options: ExperimentOptions,
): AsyncGenerator<RunEvent, void, void> {
  const { network, dataset, method, engine, seed, folder, clock = systemClock } = options;
  const stages = planStages(method, {
    network,
    dataset: dataset.info,
    hasStart: options.weights !== undefined,
  });
  const weights =
    options.weights ?? initializeNetwork(network, new SeededRandom(seed).fork('weights'));
  const { name: engineName, version, threads } = engine.info;
  const from: Checkpoint = {
    facts: {
      version: checkpointVersion,
      network: identify(network),
      engine: { name: engineName, version, threads },
      seed,
      stages: stages.map((stage) => stage.name),
      stage: 0,
      results: [],
      logBytes: 0,
      seconds: 0,
      stageSeconds: 0,
    },
    weights,
    variables: new Map(),
    best: new Map(),
  };
  const recorder =
    folder === undefined ? memoryRecorder() : await newFolder(options, folder, clock);
  const name = options.name ?? (folder === undefined ? 'run' : basename(folder));
  const experiment = new Experiment(options, {
    name,
    clock,
    stages,
    recorder,
    from,
    network,
    resumed: false,
  });
  yield* recorded(experiment, recorder);
}

async function newFolder(
  options: ExperimentOptions,
  folder: string,
  clock: Clock,
): Promise<RunRecorder> {
  keepStart(folder, options.start);
  await createRunFolder(folder, options.force === undefined ? {} : { force: options.force });
  try {
    await describeRun(folder, options.config, environment(options, clock));
    const store = new CheckpointStore(join(folder, runFiles.checkpoints), options.files);
    return await folderRecorder({ folder, store, clock });
  } catch (error) {
    await unlockRunFolder(folder);
    throw error;
  }
}

/** A new run empties its folder first: with the weights that it starts from in there, they would be gone. */
function keepStart(folder: string, start: StartReference | undefined): void {
  if (!start) return;
  const inside = relative(resolve(folder), resolve(start.path));
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') return;
  throw new PareError(
    'START_IN_RUN_FOLDER',
    `The run would be written into ${folder}, which holds the weights that it starts from (${start.path}). Choose another name for the run.`,
  );
}

function environment(options: ExperimentOptions, clock: Clock) {
  const { engine, dataset, seed, versions, method, start } = options;
  return {
    started: new Date(clock.now()).toISOString(),
    seed,
    method: { name: method.name, paper: method.paper },
    engine: engine.info,
    dataset: datasetFacts(dataset.info),
    ...(start && { start }),
    versions: { '@pare/core': coreVersion(), ...versions, node: process.versions.node },
    platform: `${process.platform}-${process.arch}`,
  };
}

/** Tells the events of an experiment, each one after it is in the log. */
export async function* recorded(
  experiment: Experiment,
  recorder: RunRecorder,
): AsyncGenerator<RunEvent, void, void> {
  try {
    for await (const event of experiment.events()) {
      await recorder.record(event);
      yield event;
    }
    await recorder.sync();
  } finally {
    await recorder.close();
  }
}
