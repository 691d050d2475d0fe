import { withShares } from './amount.ts';
import { taskError } from './task-error.ts';
import { percentage } from './task-line.ts';
import { printValue } from './print-task-line.ts';
import type { PartReference } from '@pare/core';
import type { Verb } from './compression-verbs.ts';
import type { Argument, TaskSource, Term } from './task-line.ts';

/** What a term says, by the names of the options in camel case. */
export interface TermOptions {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where each option is written. */
  readonly columns: Readonly<Record<string, number | undefined>>;
}

/** Options of a term; bare values under the names that the verb gives them. Throws `BAD_TASK` where it gives none. */
export function termOptions(
  { name: owner, arguments: given }: Term,
  source: TaskSource,
  verb: Pick<Verb, 'number' | 'list'>,
): TermOptions {
  const values: Record<string, unknown> = {};
  const columns: Record<string, number | undefined> = {};
  for (const argument of given) {
    const [name, value] = named(argument, verb);
    if (name === undefined) {
      const received = printValue(argument.value);
      const sentence = `${owner} takes no value without a name; expected option=value, received ${received}`;
      throw taskError('BAD_TASK', source, argument.column, sentence);
    }
    if (Object.hasOwn(values, name)) {
      const sentence = `${owner} has "${name}" twice; expected each option once, received ${printValue(value)} too`;
      throw taskError('BAD_TASK', source, argument.column, sentence);
    }
    values[name] = value;
    columns[name] = argument.column;
  }
  return { values, columns };
}

/** A bare word is an option that is switched on. */
function named(
  { key, value }: Argument,
  verb: Pick<Verb, 'number' | 'list'>,
): [string | undefined, unknown] {
  if (key !== undefined) return [camelCase(key), value];
  if (Array.isArray(value)) return [verb.list, value];
  if (typeof value === 'string' && !percentage.test(value)) return [camelCase(value), true];
  return [verb.number, value];
}

const camelCase = (name: string) =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A term that only a plugin knows: percentages are shares, all else is as it is written. */
export function pluginReference(term: Term, source: TaskSource): PartReference {
  return { ...sharesOf(termOptions(term, source, {}).values), name: term.name };
}

/** Options with percentages as shares. */
export function sharesOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key, withShares(value)]),
  );
}
