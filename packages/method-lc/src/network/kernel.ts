import { PareError, torchShape } from '@pare/core';
import { splitTheta } from './split-theta.ts';
import type { Network, Parameter } from '@pare/graph';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';

/** The result of a task: Θ of the joined group of its parameters. */
export interface CompressedTask {
  readonly task: Pick<CompressionTask, 'name' | 'parameters'>;
  readonly theta: CompressedWeights;
}

/** One compressed parameter of a network. */
export interface Kernel {
  /** Name of its task. */
  readonly task: string;
  readonly parameter: Parameter;
  /** Its own Θ. */
  readonly theta: CompressedWeights;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * The kernels of the tasks, each with its own part of Θ. Parameters are looked up by name. Throws `UNKNOWN_PARAMETER` for one
 * that the network does not have, `DUPLICATE_PARAMETER` for one in two tasks, `STATE_MISMATCH` where Θ does not fit.
 */
export function kernelsOf(network: Network, compressed: readonly CompressedTask[]): Kernel[] {
  const known = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
  const taken = new Map<string, string>();
  return compressed.flatMap(({ task, theta }) => {
    const parameters = task.parameters.map(({ name }) => {
      const parameter = known.get(name);
      if (!parameter) throw unknown(network, task.name, name);
      const other = taken.get(name);
      if (other !== undefined) throw duplicate(name, other, task.name);
      taken.set(name, task.name);
      return parameter;
    });
    const thetas = splitTheta(
      theta,
      parameters.map((parameter) => sizeOf(torchShape(parameter))),
    );
    return parameters.map((parameter, i) => ({ task: task.name, parameter, theta: thetas[i]! }));
  });
}

const unknown = (network: Network, task: string, name: string) =>
  new PareError(
    'UNKNOWN_PARAMETER',
    `task "${task}": the network "${network.name}" has no parameter "${name}". The compressed weights belong to another network.`,
  );

const duplicate = (name: string, first: string, second: string) =>
  new PareError(
    'DUPLICATE_PARAMETER',
    `The parameter "${name}" is in the tasks "${first}" and "${second}"; each weight is compressed once. For a sum, list its parts in one task.`,
  );
