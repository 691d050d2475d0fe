import { cStep, movedMultipliers, squaredDistance, targetOf } from './c-step.ts';
import { decaysOnly } from './decay.ts';
import { splitWeights } from './group-weights.ts';
import { historyName, historyOf, packHistory } from './history.ts';
import { muInput, penalizedObjective, pullName, targetName } from './l-step-objective.ts';
import { lcOptimizer } from './lc-optimizer.ts';
import { lcSchedule, learningRateAt, stepOf } from './lc-steps.ts';
import { decodeStates, encodeStates, stateNames } from './task-state.ts';
import { divergenceAdvice } from './stability.ts';
import { stepRecord } from './step-record.ts';
import type { HostTensor, StageHookContext, Tensors, TrainStage } from '@pare/core';
import type { Network } from '@pare/graph';
import type { CompressionRunner } from '../c-step/compression-job.ts';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { LcOptions } from '../options.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { LcStep } from './lc-steps.ts';
import type { ReleasedTasks } from './released-tasks.ts';
import type { TaskStates } from './task-state.ts';

/** What the steps of a run are made of. */
export interface LearnCompressParts {
  readonly network: Network;
  readonly tasks: readonly CompressionTask[];
  readonly steps: readonly LcStep[];
  readonly options: LcOptions;
  /** Every compression that tasks may name. */
  readonly kinds: CompressionKinds;
  readonly released: ReleasedTasks;
  readonly runner: () => CompressionRunner;
}

/**
 * All L steps, each of which minimises L(w) + (μ/2)·‖w - t‖² with t = Δ(Θ) + λ/μ, and after each one its C step and its
 * multipliers (arXiv 2005.07786). The state has been compressed directly before.
 */
export function learnCompressStage(parts: LearnCompressParts): TrainStage {
  const { tasks, steps, options } = parts;
  const { learningRate, batchSize, keep } = options;
  const last = steps.at(-1)!;
  return {
    kind: 'train',
    name: 'learn-compress',
    epochs: last.from + last.epochs - 1,
    batchSize,
    optimizer: lcOptimizer(options, learningRate),
    schedule: lcSchedule(steps, options),
    objective: (context) => penalizedObjective(context, parts),
    adjust: decaysOnly(options),
    feeds: ({ epoch }) => ({ [muInput]: scalar(steps[stepOf(steps, epoch + 1)]!.mu) }),
    variables: ({ weights }) => firstVariables(parts, weights),
    carry: [...stateNames(tasks), historyName],
    keep,
    evaluates: (epoch) => isLastOfStep(steps, epoch),
    advice: (epoch) => divergenceAdvice(steps, options, stepOf(steps, epoch), epoch),
    beforeEpoch: (context) => beforeEpoch(parts, context),
    afterEpoch: (context) => afterEpoch(parts, context),
  };
}

const scalar = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});

/** What direct compression has left, and room for the targets, which the hook before the first epoch sets. */
function firstVariables({ tasks, released }: LearnCompressParts, weights: Tensors): Tensors {
  const kept = [...stateNames(tasks), historyName].map((name): [string, HostTensor] => [
    name,
    weights.get(name)!,
  ]);
  const targets = tasks
    .flatMap((task) => task.parameters)
    .map((parameter): [string, HostTensor] => [
      targetName(parameter),
      weights.get(parameter.name)!,
    ]);
  return new Map([...kept, ...targets, ...pulls({ tasks, released }, () => true)]);
}

/** Values of `pullName` for the tasks that may be released. */
const pulls = (
  { tasks, released: { candidates } }: Pick<LearnCompressParts, 'tasks' | 'released'>,
  isPulled: (task: CompressionTask) => boolean,
): [string, HostTensor][] =>
  tasks
    .filter(({ name }) => candidates.has(name))
    .map((task) => [pullName(task), scalar(isPulled(task) ? 1 : 0)]);

const isLastOfStep = (steps: readonly LcStep[], epoch: number): boolean => {
  const { from, epochs } = steps[stepOf(steps, epoch)]!;
  return epoch === from + epochs - 1;
};

async function beforeEpoch(
  parts: LearnCompressParts,
  context: StageHookContext,
): Promise<void | 'skip'> {
  const { tasks, steps, released } = parts;
  const index = stepOf(steps, context.epoch);
  const { mu, from } = steps[index]!;
  if (context.epoch !== from) return (await pullsNothing(parts, context)) ? 'skip' : undefined;
  // The first L step may be left out; its C step is not.
  if (index === 1 && steps[0]!.epochs === 0) await finishStep(parts, context, 0);
  const states = decodeStates(tasks, await context.read(stateNames(tasks)));
  const isPulled = (task: CompressionTask) => !released.isReleased(task, states);
  await context.write(new Map([...targets(tasks, states, mu), ...pulls(parts, isPulled)]));
  await context.resetOptimizer();
  if (tasks.some(isPulled)) return undefined;
  context.log(`lc: L step ${index + 1} is left out, as every rank is 0 with a norm behind`);
  return 'skip';
}

/** Whether the L step that is under way is left out: no task is pulled. */
async function pullsNothing(
  { tasks, released: { candidates } }: LearnCompressParts,
  { read }: StageHookContext,
): Promise<boolean> {
  if (!tasks.every(({ name }) => candidates.has(name))) return false;
  const pulls = await read(tasks.map(pullName));
  return [...pulls.values()].every(({ data }) => data[0] === 0);
}

function targets(
  tasks: readonly CompressionTask[],
  states: TaskStates,
  mu: number,
): Map<string, HostTensor> {
  return new Map(
    tasks.flatMap(({ name, parameters }) => {
      const byName = splitWeights(parameters, targetOf(states.get(name)!, mu));
      return parameters.map((parameter): [string, HostTensor] => [
        targetName(parameter),
        byName.get(parameter.name)!,
      ]);
    }),
  );
}

async function afterEpoch(
  parts: LearnCompressParts,
  context: StageHookContext,
): Promise<void | 'stop'> {
  const { steps, options } = parts;
  if (!isLastOfStep(steps, context.epoch)) return undefined;
  const distance = await finishStep(parts, context, stepOf(steps, context.epoch));
  const { tolerance } = options;
  if (tolerance === undefined || distance > tolerance) return undefined;
  context.log(`lc: ends here, as ‖w - Δ‖² = ${distance} is at most the tolerance ${tolerance}`);
  return 'stop';
}

/** C step and multipliers of a step, and its record; gives ‖w - Δ‖². */
async function finishStep(
  { network, tasks, steps, options, kinds, released, runner }: LearnCompressParts,
  { read, write, random, log }: StageHookContext,
  index: number,
): Promise<number> {
  const { mu, from, epochs, movesMultipliers } = steps[index]!;
  const kept = await read([...stateNames(tasks), historyName]);
  const weights = await read(tasks.flatMap((task) => task.parameters.map(({ name }) => name)));
  const before = decodeStates(tasks, kept);
  const states = await cStep({ tasks, weights, mu, states: before, random, runner: runner(), log });
  const moves = movesMultipliers && options.lagrangian === 'augmented';
  const isPulled = (task: CompressionTask) => !released.isReleased(task, states);
  const after = moves ? movedMultipliers(tasks, states, weights, mu, isPulled) : states;
  const distance = squaredDistance(tasks, states, weights);
  const learningRate = epochs > 0 ? learningRateAt(steps, from, options) : 0;
  const record = stepRecord({
    network,
    tasks,
    states,
    kinds,
    step: index + 1,
    mu,
    learningRate,
    distance,
  });
  log(record.text);
  const history = packHistory([...historyOf(kept), record.record]);
  await write(new Map([...encodeStates(tasks, after), [historyName, history]]));
  return distance;
}
