import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { networkFromJson } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { systemClock } from '../services/clock.ts';
import { checkMatch, identify } from './checkpoint.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { readEvents } from './event-log.ts';
import { Experiment } from './experiment.ts';
import { planStages } from './plan-stages.ts';
import { recipeChanges } from './recipe-changes.ts';
import { recorded } from './run-experiment.ts';
import { lockRunFolder, readRunConfig, runFiles, unlockRunFolder } from './run-folder.ts';
import { folderRecorder } from './run-recorder.ts';
import type { EngineInfo } from '../contracts/engine.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { LoggedEvent } from './event-log.ts';
import type { CheckpointFacts } from './checkpoint.ts';
import type { ExperimentParts } from './experiment.ts';
import type { EpochEvent } from './run-recorder.ts';
import type { FileOperations } from './write-atomically.ts';

/** How a run goes on: with the same parts that it was started with, built anew from `readRunConfig(folder)`. */
export interface ResumeOptions extends ExperimentParts {
  /** File operations for checkpoints; for tests. */
  readonly files?: FileOperations;
}

/**
 * Goes on with a run from its last usable checkpoint, to bit for bit the same result on the same engine and thread count.
 * Throws NOT_A_RUN_FOLDER, RUN_IN_PROGRESS, CHECKPOINT_MISSING, CHECKPOINT_DAMAGED, CHECKPOINT_VERSION or CHECKPOINT_MISMATCH.
 */
export async function* resumeExperiment(
  folder: string,
  options: ResumeOptions,
): AsyncGenerator<RunEvent, void, void> {
  await readRunConfig(folder);
  await lockRunFolder(folder);
  const { experiment, recorder } = await reopen(folder, options).catch(async (error: unknown) => {
    await unlockRunFolder(folder);
    throw error;
  });
  yield* recorded(experiment, recorder);
}

/** The run as its last usable checkpoint left it. */
async function reopen(folder: string, options: ResumeOptions) {
  const { network, dataset, method, engine, seed, clock = systemClock } = options;
  const store = new CheckpointStore(join(folder, runFiles.checkpoints), options.files);
  const { checkpoint, notices } = await store.read();
  const { facts } = checkpoint;
  const stages = planStages(method, { network, dataset: dataset.info, hasStart: true });
  checkMatch(facts, {
    network: identify(network),
    stages: stages.map((stage) => stage.name),
    seed,
  });
  const recorder = await folderRecorder({
    folder,
    store,
    clock,
    logBytes: facts.logBytes,
    epochs: await epochsBefore(join(folder, runFiles.events), facts.logBytes),
  });
  const finished = facts.stage === stages.length && existsSync(join(folder, runFiles.report));
  const current = facts.current ? readNetwork(facts) : network;
  const experiment = new Experiment(options, {
    name: basename(folder),
    clock,
    stages,
    recorder,
    from: checkpoint,
    network: current,
    resumed: true,
    notices: [
      ...(finished ? [`${folder} was finished already; this is its report`] : []),
      ...notices,
      ...recipeNotices(facts.recipe, options.config, finished),
      ...engineNotices(facts.engine, engine.info),
    ],
  });
  return { experiment, recorder };
}

function readNetwork({ current }: CheckpointFacts) {
  try {
    return networkFromJson(current!);
  } catch (error) {
    throw new PareError(
      'CHECKPOINT_DAMAGED',
      `The network in the checkpoint cannot be read: ${(error as Error).message} Start the run again with --force.`,
      { cause: error },
    );
  }
}

async function epochsBefore(path: string, bytes: number): Promise<EpochEvent[]> {
  const events = await readEvents(path, bytes).catch((): LoggedEvent[] => []);
  return events.filter((event) => event.type === 'epoch');
}

function recipeNotices(before: unknown, now: unknown, finished: boolean): string[] {
  const changes = before === undefined ? [] : recipeChanges(before, now);
  if (changes.length === 0) return [];
  if (finished) {
    return [
      `The configuration was changed after the run was finished: ${changes.join('; ')}. Nothing is trained again; make a new run of it.`,
    ];
  }
  return [
    `The configuration was changed after the checkpoint: ${changes.join('; ')}. What was done before stays as it was, so the result is that of neither configuration.`,
  ];
}

function engineNotices(before: CheckpointFacts['engine'], now: EngineInfo): string[] {
  const text = ({ name, version, threads }: CheckpointFacts['engine']) =>
    `${name} ${version} with ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  if (text(before) === text(now)) return [];
  return [
    `The run was started on ${text(before)} and goes on with ${text(now)}: the result is as good, but not bit for bit the same.`,
  ];
}
