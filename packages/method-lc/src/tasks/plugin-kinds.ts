import { PareError } from '@pare/core';
import { z } from 'zod';
import { compressionParts } from '../compressions/compression-parts.ts';
import { pluginCompression } from '../compressions/plugin-compression.ts';
import { compressionVerbs } from './compression-verbs.ts';
import { atPlace, taskError } from './task-error.ts';
import { readTaskLines } from './tasks-option.ts';
import { pluginReference } from './term-options.ts';
import type { PartReference, RunContext } from '@pare/core';
import type { CompressionPart } from '../compressions/compression-parts.ts';
import type { Compression } from '../compressions/compression.ts';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { TaskLine, Term } from './task-line.ts';
import type { TasksInput } from './tasks-option.ts';

/**
 * Every compression there is for these tasks: those of this package, and those of plugins that a task names, made by the run
 * with the options they have there. Throws what the run throws for wrong options, with line and column.
 */
export async function compressionKinds(
  tasks: TasksInput,
  run: Pick<RunContext, 'create' | 'names'>,
): Promise<CompressionKinds> {
  const brought = run.names('compression').filter((name) => !Object.hasOwn(compressionParts, name));
  const made = new Map<string, Compression>();
  for (const line of readTaskLines(tasks)) {
    for (const term of line.terms) {
      if (!brought.includes(term.name)) continue;
      checkName(term, line);
      const reference = pluginReference(term, line.source);
      made.set(keyOf(reference), await makeOne(reference, line, term, run));
    }
  }
  const kinds = brought.map((name): [string, CompressionPart] => [name, pluginPart(name, made)]);
  return { ...compressionParts, ...Object.fromEntries(kinds) };
}

/** A verb of tasks would hide a plugin's compression of the same name. */
function checkName({ name, column }: Term, { source }: TaskLine): void {
  if (!Object.hasOwn(compressionVerbs, name)) return;
  const sentence = `a plugin brings a compression "${name}", but in tasks this is a word of method "lc"; expected another name of the plugin's compression`;
  throw taskError('DUPLICATE_NAME', source, column, sentence);
}

async function makeOne(
  reference: PartReference,
  { source }: TaskLine,
  { column }: Term,
  run: Pick<RunContext, 'create'>,
): Promise<Compression> {
  try {
    return pluginCompression(await run.create('compression', reference));
  } catch (error) {
    throw atPlace(error, source, column);
  }
}

/** Options in the order of their names. */
const keyOf = (reference: PartReference): string =>
  JSON.stringify(Object.entries(reference).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Compressions that have been made already; their plugin has checked the options. */
const pluginPart = (name: string, made: ReadonlyMap<string, Compression>): CompressionPart => ({
  description: `from a plugin: ${name}`,
  options: z.looseObject({}),
  create(options) {
    const reference = { ...(options as object), name };
    const found = made.get(keyOf(reference));
    if (found) return found;
    throw new PareError(
      'UNKNOWN_COMPRESSION',
      `compression "${name}" was not made with these options: ${JSON.stringify(options)}. Name it in the tasks so.`,
    );
  },
});
