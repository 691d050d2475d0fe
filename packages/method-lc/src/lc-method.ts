import { availableParallelism } from 'node:os';
import { compressionRunner } from './c-step/compression-runner.ts';
import { compressionParts } from './compressions/compression-parts.ts';
import { createCompression } from './compressions/create-compression.ts';
import { finetuneStage } from './finetune/finetune-stage.ts';
import { lcReport } from './lc-report.ts';
import { compressStage } from './steps/compress-stage.ts';
import { decaysOnly } from './steps/decay.ts';
import { directCompressionStage } from './steps/direct-compression-stage.ts';
import { epochDecay } from './steps/epoch-decay.ts';
import { lcOptimizer } from './steps/lc-optimizer.ts';
import { lcSteps } from './steps/lc-steps.ts';
import { learnCompressStage } from './steps/learn-compress-stage.ts';
import { fallingMuWarning } from './steps/mu-order.ts';
import { releasedTasks } from './steps/released-tasks.ts';
import { stabilityWarning } from './steps/stability.ts';
import { compressedState } from './steps/task-state.ts';
import { coverageReport } from './tasks/coverage-report.ts';
import { resolveTasks } from './tasks/resolve-tasks.ts';
import type { Logger, Method, Stage, TrainStage } from '@pare/core';
import type { Network } from '@pare/graph';
import type { CompressionRunner } from './c-step/compression-job.ts';
import type { CompressionKinds } from './compressions/create-compression.ts';
import type { LcOptions } from './options.ts';
import type { LearnCompressParts } from './steps/learn-compress-stage.ts';
import type { ResolvedTasks } from './tasks/resolve-tasks.ts';

const paper =
  'Y. Idelbayev, M. Á. Carreira-Perpiñán: A flexible, extensible software framework for model compression based on the LC algorithm, arXiv 2005.07786, 2020';

/** What the method may be given besides its options. */
export interface LcServices {
  readonly log?: Pick<Logger, 'warn'>;
  /** Every compression that tasks may name; default: those of this package. */
  readonly kinds?: CompressionKinds;
}

const untrained =
  'lc: the weights that are compressed are random: the run has neither "start" weights nor "pretrain". Set one of them.';

/** LC: learns weights and their compressed form in turns, any form for any layer. Dispose of it: it may have threads. */
export function lcMethod(
  options: LcOptions,
  { log, kinds = compressionParts }: LcServices = {},
): Method & { dispose(): Promise<void> } {
  const workers = options.workers ?? Math.max(0, availableParallelism() - 1);
  const create: typeof createCompression = (parts, more) => createCompression(parts, more, kinds);
  const tasksOf = (network: Network) =>
    withRepetitions(resolveTasks(network, options.tasks, kinds), options.repetitions);
  let runner: CompressionRunner | undefined;
  const runnerOf = () => (runner ??= compressionRunner({ workers, create }));
  return {
    name: 'lc',
    paper,
    plan: ({ network, hasStart = false }) => {
      const { tasks, notices } = tasksOf(network);
      const steps = lcSteps(options);
      for (const notice of [
        ...notices,
        fallingMuWarning(steps),
        stabilityWarning(steps, options),
        hasStart || options.pretrain ? undefined : untrained,
      ]) {
        if (notice !== undefined) log?.warn(notice);
      }
      const released = releasedTasks(network, tasks, options);
      return stagesOf({ network, tasks, steps, options, kinds, released, runner: runnerOf });
    },
    planTables: ({ network }) => [coverageReport(network, tasksOf(network))],
    report: lcReport,
    operatingPoints: () => [{ name: 'compressed', settings: {} }],
    at: compressedState,
    dispose: async () => {
      await runner?.[Symbol.asyncDispose]();
      runner = undefined;
    },
  };
}

/** The rounds of the method for sums that have none of their own. */
function withRepetitions(resolved: ResolvedTasks, repetitions: number): ResolvedTasks {
  const tasks = resolved.tasks.map((task) =>
    task.parts.length > 1 ? { ...task, options: { repetitions, ...task.options } } : task,
  );
  return { ...resolved, tasks };
}

function stagesOf(parts: LearnCompressParts): Stage[] {
  const { pretrain, finetune } = parts.options;
  return [
    ...(pretrain ? [pretrainStage(pretrain, parts.options)] : []),
    directCompressionStage(parts),
    learnCompressStage(parts),
    compressStage(parts, { finetuned: finetune !== false }),
    ...(finetune ? [finetuneStage(finetune, parts.options)] : []),
  ];
}

/** Training of the reference network. */
function pretrainStage(
  settings: Exclude<LcOptions['pretrain'], false>,
  options: LcOptions,
): TrainStage {
  const { epochs, learningRate } = settings;
  return {
    kind: 'train',
    name: 'pretrain',
    epochs,
    batchSize: options.batchSize,
    optimizer: lcOptimizer(options, learningRate),
    schedule: epochDecay(settings),
    adjust: decaysOnly(options),
  };
}
