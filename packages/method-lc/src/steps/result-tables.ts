import { compressionOf } from './task-compression.ts';
import type { ReportTable } from '@pare/core';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { LayerDecision } from '../network/layer-decision.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { TaskStates } from './task-state.ts';

/** What each task has come to: bits as the authors count them, and bits that are needed to get the weights back. */
export function tasksTable(
  tasks: readonly CompressionTask[],
  states: TaskStates,
  kinds: CompressionKinds,
): ReportTable {
  return {
    title: 'Tasks',
    columns: [
      { key: 'task', title: 'task' },
      { key: 'weights', title: 'weights' },
      { key: 'form', title: 'form' },
      { key: 'parameters', title: 'numbers left' },
      { key: 'bits', title: 'bits' },
      { key: 'storedBits', title: 'bits to store' },
    ],
    rows: tasks.map((task) => {
      const compression = compressionOf(task, kinds);
      const { theta, delta } = states.get(task.name)!;
      return {
        task: task.name,
        weights: delta.length,
        form: formOf(theta),
        parameters: compression.parameters(theta),
        bits: compression.bits(theta),
        storedBits: compression.storedBits(theta),
      };
    }),
  };
}

function formOf(theta: CompressedWeights): string {
  switch (theta.kind) {
    case 'codebook':
      return valuesText(theta.codebook);
    case 'sparse':
      return `${theta.values.length} of ${theta.length} weights`;
    case 'factors':
      return `rank ${theta.rank} of ${Math.min(...theta.matrix)}`;
    case 'sum':
      return theta.parts.map(formOf).join(' + ');
    case 'plugin':
      return theta.name;
  }
}

/** More values are not listed. */
const shown = 16;

const valuesText = (codebook: Float32Array): string =>
  codebook.length <= shown
    ? `values ${Array.from(codebook, short).join(', ')}`
    : `${codebook.length} values from ${short(codebook[0]!)} to ${short(codebook.at(-1)!)}`;

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** What has become of each layer. */
export function decisionsTable(decisions: readonly LayerDecision[]): ReportTable {
  return {
    title: 'Layers',
    columns: [
      { key: 'layer', title: 'layer' },
      { key: 'task', title: 'task' },
      { key: 'form', title: 'form' },
      { key: 'rank', title: 'rank' },
      { key: 'reason', title: 'why' },
    ],
    rows: decisions.map(({ layer, task, form, rank, reason }) => ({
      layer,
      task,
      form,
      rank: rank ?? '',
      reason,
    })),
  };
}
