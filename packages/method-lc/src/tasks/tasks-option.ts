import { PareError, parseOptions } from '@pare/core';
import { z } from 'zod';
import { parseSum, parseTaskLine } from './parse-task-line.ts';
import { taskOwner } from './task-error.ts';
import type { Selector, TaskLine, TaskSource, Term } from './task-line.ts';

const compression = z.union([z.string().min(1), z.looseObject({ name: z.string().min(1) })]);
const layerNames = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const longTask = z.strictObject({
  name: z.string().min(1).optional().describe('default: the layers as they are written'),
  layers: layerNames.describe('names, with * and ?, or all, all conv, all dense, all depthwise'),
  except: layerNames.optional().describe('layers to leave out'),
  each: z.boolean().default(false).describe('one task a layer instead of one for all of them'),
  compress: z
    .union([compression, z.array(compression).min(1)])
    .describe('a compression, or several that are summed'),
  repetitions: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('rounds in which the parts of a sum are fitted; default 10'),
});

const lines = z
  .record(z.string(), z.string())
  .refine((each) => !isLong(each), { message: 'this is a task in the long form', abort: true });

const tasksForm = z.union([
  z.string().min(1),
  z.array(z.union([z.string().min(1), longTask, lines])).min(1),
  lines,
]);

/** Tasks as a configuration has them: lines as a list, a text or a mapping, and tasks in the long form. */
export type TasksInput = z.input<typeof tasksForm>;

/**
 * What is compressed and how. Each line is `[each] layers [except layers]: compression(options) [+ ...]`; a line over several
 * layers is one task. Which compressions and layers there are is checked where they are known.
 */
export const tasksOption = tasksForm
  .superRefine((tasks, context) => {
    if (context.issues.length > 0) return;
    try {
      readTaskLines(tasks);
    } catch (error) {
      if (!(error instanceof PareError)) throw error;
      const message = error.message.slice(taskOwner.length).replace(/\.$/, '');
      context.addIssue({ code: 'custom', message });
    }
  })
  .describe(
    'what is compressed and how, for example "fc1: prune(keep=5%)" or "all: quantize(k=2)"',
  );

/** Every task as it is written, in order. Throws `TASK_SYNTAX`, and `NO_TASKS` where there is none. */
export function readTaskLines(tasks: TasksInput): TaskLine[] {
  const entries = typeof tasks === 'string' ? textLines(tasks) : listed(tasks);
  if (entries.length > 0) return entries.map(readEntry);
  throw new PareError(
    'NO_TASKS',
    `${taskOwner}there is nothing to compress: expected at least one task such as "all: quantize(k=2)"; received none.`,
  );
}

type LongTask = z.input<typeof longTask>;
type Entry = readonly [line: number, task: string | LongTask];

const textLines = (text: string): Entry[] =>
  text
    .split('\n')
    .map((line, i): Entry => [i + 1, line.replace(/(^|\s)#.*/, '').trim()])
    .filter(([, line]) => line !== '');

function listed(tasks: Exclude<TasksInput, string>): Entry[] {
  const items = Array.isArray(tasks) ? tasks : [tasks];
  return items
    .flatMap((item): (string | LongTask)[] => {
      if (typeof item === 'string' || isLong(item)) return [item];
      return Object.entries(item).map(([layers, text]) => `${layers}: ${text}`);
    })
    .map((task, i) => [i + 1, task]);
}

const isLong = (item: object): item is LongTask => 'compress' in item || 'layers' in item;

function readEntry([line, task]: Entry): TaskLine {
  return typeof task === 'string'
    ? parseTaskLine({ line, text: task.trim() })
    : readLongTask(parseOptions(longTask, task, { owner: `${taskOwner}line ${line}` }), { line });
}

function readLongTask(task: z.output<typeof longTask>, source: TaskSource): TaskLine {
  const { name, layers, except, each, compress, repetitions } = task;
  const terms = [compress].flat().flatMap((one) => termsOf(one, source));
  return {
    source,
    each,
    layers: selectorsOf(layers),
    except: except === undefined ? [] : selectorsOf(except),
    terms,
    ...(name !== undefined && { name }),
    ...(repetitions !== undefined && { repetitions }),
  };
}

const selectorsOf = (names: string | readonly string[]): Selector[] =>
  [names].flat().map((text) => ({ text }));

function termsOf(written: z.output<typeof compression>, source: TaskSource): readonly Term[] {
  if (typeof written === 'string') return parseSum({ ...source, text: written });
  const { name, ...options } = written;
  return [{ name, arguments: Object.entries(options).map(([key, value]) => ({ key, value })) }];
}
