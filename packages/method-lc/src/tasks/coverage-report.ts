import { torchShape } from '@pare/core';
import { estimateBits, floatBits } from './estimate-bits.ts';
import { printTerm } from './print-task-line.ts';
import { kernelsOf, weightsOf } from './task-group.ts';
import type { PartReference, ReportTable } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';
import type { CompressionTask } from './compression-task.ts';
import type { ResolvedTasks } from './resolve-tasks.ts';

const columns: ReportTable['columns'] = [
  { key: 'task', title: 'task' },
  { key: 'layers', title: 'layers' },
  { key: 'weights', title: 'weights' },
  { key: 'share', title: 'share', unit: '%' },
  { key: 'compression', title: 'compression' },
  { key: 'bits', title: 'bits, about' },
];

/** Where the weights decide how many bits there are. */
const open = 'as trained';

/**
 * What each task covers: its layers, their weights and share of all kernels' weights, what is done and how many bits that
 * takes about, at 32 for each weight that no task has. Biases and norms are not in it.
 */
export function coverageReport(
  network: Network,
  { tasks, uncovered }: Pick<ResolvedTasks, 'tasks' | 'uncovered'>,
): ReportTable {
  const kernels = kernelsOf(network);
  const all = weightsOf(kernels);
  const rows = tasks.map((task) => taskRow(task, all));
  const rest = kernels.filter(({ layer }) => uncovered.includes(layer));
  if (rest.length > 0) {
    const bits = floatBits * weightsOf(rest);
    rows.push({ task: '(none)', ...weightCells(rest, all), compression: 'none', bits });
  }
  const title = 'What the tasks compress (weights of layers; biases and norms stay as they are)';
  return { title, columns, rows };
}

function taskRow({ name, parameters, parts, options }: CompressionTask, all: number) {
  const weights = weightsOf(parameters);
  const shape = parameters.length === 1 ? torchShape(parameters[0]!) : [weights];
  const rounds =
    options.repetitions === undefined ? '' : ` with repetitions=${options.repetitions}`;
  return {
    task: name,
    ...weightCells(parameters, all),
    compression: parts.map(partText).join(' + ') + rounds,
    bits: estimateBits(parts, weights, shape) ?? open,
  };
}

function weightCells(parameters: readonly Parameter[], all: number) {
  const weights = weightsOf(parameters);
  const layers = [...new Set(parameters.map(({ layer }) => layer))].join(', ');
  return { layers, weights, share: Math.round((1e4 * weights) / all) / 100 };
}

/** A part as a task would have it. */
export function partText({ name, ...options }: PartReference): string {
  const given = Object.entries(options).map(([key, value]) => ({ key, value }));
  return printTerm({ name, arguments: given });
}
