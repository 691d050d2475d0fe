import { PareError } from '@pare/core';
import { compressionParts } from '../compressions/compression-parts.ts';
import { fitPart, matrixParts } from './fit-part.ts';
import { printSelectors } from './print-task-line.ts';
import { readTerm } from './read-term.ts';
import { selectKernels } from './select-kernels.ts';
import { placeOf, taskError, taskOwner } from './task-error.ts';
import { kernelsOf, outputPixels, taskGroup } from './task-group.ts';
import { readTaskLines } from './tasks-option.ts';
import type { PartReference } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { CompressionTask } from './compression-task.ts';
import type { TaskGroup } from './task-group.ts';
import type { TaskLine } from './task-line.ts';
import type { TasksInput } from './tasks-option.ts';

/** Tasks of a network. */
export interface ResolvedTasks {
  readonly tasks: readonly CompressionTask[];
  /** What people should know: ranks that save nothing, lines that become several tasks. */
  readonly notices: readonly string[];
  /** Layers with a kernel that no task compresses, in the order of the network. */
  readonly uncovered: readonly string[];
}

/** A line whose compressions are known. */
interface ReadLine extends TaskLine {
  readonly parts: readonly PartReference[];
}

/**
 * The tasks that a configuration describes for a network; `kinds` are all compressions there are. Throws `NO_TASKS`,
 * `TASK_SYNTAX`, `UNKNOWN_COMPRESSION`, `UNKNOWN_LAYER`, `TASK_OVERLAP` where two tasks have the same weights,
 * `DUPLICATE_NAME`, and `BAD_TASK` for options that are wrong or do not fit the weights; all name line and column.
 */
export function resolveTasks(
  network: Network,
  tasks: TasksInput,
  kinds: CompressionKinds = compressionParts,
): ResolvedTasks {
  const lines = readTaskLines(tasks).map((line) => readLine(line, kinds));
  const pixels = outputPixels(network);
  const owners = new Map<Parameter, ReadLine>();
  const names = new Map<string, ReadLine>();
  const notices: string[] = [];
  const resolved = lines.flatMap((line) => {
    const kernels = selectKernels(line, network);
    claim(kernels, line, owners);
    const alone = isAlone(line);
    if (alone && !line.each && kernels.length > 1) notices.push(splitNotice(line, kernels));
    const groups = alone ? kernels.map((kernel) => [kernel]) : [kernels];
    return groups.map((group) => taskOf(line, taskGroup(group, pixels), { alone, names, notices }));
  });
  const uncovered = kernelsOf(network).filter((kernel) => !owners.has(kernel));
  return { tasks: resolved, notices, uncovered: [...new Set(uncovered.map(({ layer }) => layer))] };
}

function readLine(line: TaskLine, kinds: CompressionKinds): ReadLine {
  const { terms, source, repetitions } = line;
  if (repetitions !== undefined && terms.length === 1) {
    const sentence = `repetitions are the rounds in which the parts of a sum are fitted; expected several compressions, received ${terms[0]!.name} alone`;
    throw taskError('BAD_TASK', source, undefined, sentence);
  }
  return { ...line, parts: terms.map((term) => readTerm(term, source, kinds)) };
}

/** One task a layer: where the line says so, and in a line with low rank, which has no meaning for several. */
function isAlone({ each, source, parts }: ReadLine): boolean {
  return (
    each || (source.text !== undefined && parts.some(({ name }) => matrixParts.includes(name)))
  );
}

const splitNotice = ({ source, layers }: ReadLine, kernels: readonly Parameter[]): string =>
  `${taskOwner}${placeOf(source)}: low rank works on one layer, so each of the ${kernels.length} layers of "${printSelectors(layers)}" is a task of its own.`;

/** Throws `TASK_OVERLAP` where another line has one of the kernels. */
function claim(
  kernels: readonly Parameter[],
  line: ReadLine,
  owners: Map<Parameter, ReadLine>,
): void {
  for (const kernel of kernels) {
    const other = owners.get(kernel);
    if (other) {
      const [first, second] = [other, line].map(
        (each) => `${placeOf(each.source)} (${left(each)})`,
      );
      throw new PareError(
        'TASK_OVERLAP',
        `${taskOwner}${first} and ${second} both compress "${kernel.layer}"; expected each layer in one task. Leave it out of one of them with "except", or write a sum: "${kernel.layer}: prune(1%) + quantize(k=2)".`,
      );
    }
    owners.set(kernel, line);
  }
}

function left({ name, layers, except }: TaskLine): string {
  const without = except.length === 0 ? '' : ` except ${printSelectors(except)}`;
  return name ?? `${printSelectors(layers)}${without}`;
}

/** What tasks share while they are made. */
interface Making {
  readonly alone: boolean;
  readonly names: Map<string, ReadLine>;
  readonly notices: string[];
}

function taskOf(
  line: ReadLine,
  group: TaskGroup,
  { alone, names, notices }: Making,
): CompressionTask {
  const { source, terms, repetitions } = line;
  const parts = line.parts.map((part, i) => {
    const fitted = fitPart(part, group);
    const { column, name } = terms[i]!;
    if (fitted.problem !== undefined) {
      throw taskError('BAD_TASK', source, column, `${name}: ${fitted.problem}`);
    }
    if (fitted.notice) notices.push(`${taskOwner}${placeOf(source, column)}: ${fitted.notice}.`);
    return fitted.part;
  });
  return {
    name: claimName(alone ? nameAlone(line, group) : left(line), line, names),
    parameters: group.parameters,
    parts,
    options: repetitions === undefined ? {} : { repetitions },
    ...(group.spatial !== undefined && { spatial: group.spatial }),
  };
}

function nameAlone({ name }: ReadLine, { parameters }: TaskGroup): string {
  const { layer } = parameters[0]!;
  return name === undefined ? layer : `${name} ${layer}`;
}

function claimName(name: string, line: ReadLine, names: Map<string, ReadLine>): string {
  const other = names.get(name);
  if (other) {
    throw new PareError(
      'DUPLICATE_NAME',
      `${taskOwner}${placeOf(other.source)} and ${placeOf(line.source)} both make a task named "${name}"; expected names that differ. Change "name".`,
    );
  }
  names.set(name, line);
  return name;
}
