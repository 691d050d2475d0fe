import { joinWeights } from './group-weights.ts';
import type { Random, Tensors } from '@pare/core';
import type { CompressionJob, CompressionRunner } from '../c-step/compression-job.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { TaskState, TaskStates } from './task-state.ts';

const { fround } = Math;

/** What a C step works with. */
export interface CStepContext {
  readonly tasks: readonly CompressionTask[];
  /** The network's weights w. */
  readonly weights: Tensors;
  /** μ; 0: direct compression, in which multipliers do not count. */
  readonly mu: number;
  /** Where the algorithm stands; missing: at its beginning, with multipliers 0. */
  readonly states?: TaskStates;
  readonly random: Random;
  readonly runner: CompressionRunner;
  readonly log: (message: string) => void;
}

/** C step of all tasks: Θ of least ‖v - Δ(Θ)‖² with v = w - λ/μ, rounded to float32. Multipliers stay as they are. */
export async function cStep(context: CStepContext): Promise<TaskStates> {
  const { tasks, states, runner, log } = context;
  const results = await runner.run(tasks.map((task) => jobOf(task, context)));
  return new Map(
    tasks.map((task, i): [string, TaskState] => {
      const { theta, delta, warnings } = results[i]!;
      for (const warning of warnings) log(`${task.name}: ${warning}`);
      const multipliers = states?.get(task.name)?.multipliers ?? new Float64Array(delta.length);
      return [task.name, { theta, delta, multipliers }];
    }),
  );
}

function jobOf(task: CompressionTask, { weights, mu, states, random }: CStepContext) {
  const { shape, data } = joinWeights(task.parameters, weights);
  const before = states?.get(task.name);
  const job: CompressionJob = {
    name: task.name,
    parts: task.parts,
    options: task.options,
    weights: before && mu > 0 ? shifted(data, before.multipliers, mu) : data,
    shape,
    mu,
    seed: random.fork(task.name).seed,
    ...(task.spatial !== undefined && { spatial: task.spatial }),
    ...(before && { previous: before.theta }),
  };
  return job;
}

function shifted(w: Float32Array, multipliers: Float64Array, mu: number): Float32Array {
  const v = new Float32Array(w.length);
  for (let i = 0; i < v.length; i++) v[i] = w[i]! - multipliers[i]! / mu;
  return v;
}

/** Multipliers after a step: λ - μ·(w - Δ), for the tasks that `moves` names. */
export function movedMultipliers(
  tasks: readonly CompressionTask[],
  states: TaskStates,
  weights: Tensors,
  mu: number,
  moves: (task: CompressionTask) => boolean = () => true,
): TaskStates {
  return new Map(
    tasks.map((task): [string, TaskState] => {
      const state = states.get(task.name)!;
      if (!moves(task)) return [task.name, state];
      const { data: w } = joinWeights(task.parameters, weights);
      const { delta, multipliers: old } = state;
      const multipliers = old.map((lambda, i) => lambda - mu * (w[i]! - delta[i]!));
      return [task.name, { ...state, multipliers }];
    }),
  );
}

/** Target of the next L step: t = Δ + λ/μ. */
export function targetOf({ delta, multipliers }: TaskState, mu: number): Float32Array {
  const target = new Float32Array(delta.length);
  for (let i = 0; i < target.length; i++) target[i] = fround(delta[i]! + multipliers[i]! / mu);
  return target;
}

/** ‖w - Δ‖² over all tasks. */
export function squaredDistance(
  tasks: readonly CompressionTask[],
  states: TaskStates,
  weights: Tensors,
): number {
  let sum = 0;
  for (const task of tasks) {
    const { data: w } = joinWeights(task.parameters, weights);
    const { delta } = states.get(task.name)!;
    for (let i = 0; i < w.length; i++) sum += (w[i]! - delta[i]!) ** 2;
  }
  return sum;
}
