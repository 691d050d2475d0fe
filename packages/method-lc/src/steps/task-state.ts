import { joinWeights, splitWeights } from './group-weights.ts';
import { packData, packFloat64, unpackData, unpackFloat64 } from './packed-data.ts';
import type { CompressedState, HostTensor, Tensors } from '@pare/core';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';

/** Where the algorithm stands with one group of weights; arrays are in PyTorch's order of the joined group. */
export interface TaskState {
  readonly theta: CompressedWeights;
  /** Δ(Θ). */
  readonly delta: Float32Array;
  /** λ, in float64. */
  readonly multipliers: Float64Array;
}

/** States by name of the task. */
export type TaskStates = ReadonlyMap<string, TaskState>;

/** Everything that the algorithm keeps beside the weights begins with this. */
const prefix = 'lc:';
const deltaPrefix = `${prefix}delta:`;

const thetaName = ({ name }: CompressionTask) => `${prefix}theta:${name}`;
const multipliersName = ({ name }: CompressionTask) => `${prefix}multipliers:${name}`;

/** Names of the tensors that `encodeStates` gives. */
export const stateNames = (tasks: readonly CompressionTask[]): string[] =>
  tasks.flatMap((task) => [
    thetaName(task),
    multipliersName(task),
    ...task.parameters.map(({ name }) => deltaPrefix + name),
  ]);

/** The states as tensors, for checkpoints; Δ lies there by parameter. */
export function encodeStates(
  tasks: readonly CompressionTask[],
  states: TaskStates,
): Map<string, HostTensor> {
  return new Map(
    tasks.flatMap((task): [string, HostTensor][] => {
      const { theta, delta, multipliers } = states.get(task.name)!;
      const deltas = [...splitWeights(task.parameters, delta)];
      return [
        [thetaName(task), packData(theta)],
        [multipliersName(task), packFloat64(multipliers)],
        ...deltas.map(([name, tensor]): [string, HostTensor] => [deltaPrefix + name, tensor]),
      ];
    }),
  );
}

/** Inverse of `encodeStates`. */
export function decodeStates(tasks: readonly CompressionTask[], tensors: Tensors): TaskStates {
  const deltas = deltasOf(tensors);
  return new Map(
    tasks.map((task): [string, TaskState] => [
      task.name,
      {
        theta: unpackData(tensors.get(thetaName(task))!) as CompressedWeights,
        delta: joinWeights(task.parameters, deltas).data,
        multipliers: unpackFloat64(tensors.get(multipliersName(task))!),
      },
    ]),
  );
}

/** Δ of every parameter that has one, by its name. */
function deltasOf(tensors: Tensors): Tensors {
  const deltas = [...tensors].filter(([name]) => name.startsWith(deltaPrefix));
  return new Map(deltas.map(([name, tensor]) => [name.slice(deltaPrefix.length), tensor]));
}

/** The tensors without those of the algorithm. */
export const withoutStates = (tensors: Tensors): Map<string, HostTensor> =>
  new Map([...tensors].filter(([name]) => !name.startsWith(prefix)));

/** The network with Δ(Θ) for its weights; as it is before direct compression and after the last step. */
export function compressedState({ network, weights }: CompressedState): CompressedState {
  return { network, weights: new Map([...withoutStates(weights), ...deltasOf(weights)]) };
}
