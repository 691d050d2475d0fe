import type { Argument, Selector, TaskLine, Term } from './task-line.ts';

/** A task as one line, which `parseTaskLine` reads back to the same. */
export function printTaskLine(line: Omit<TaskLine, 'source' | 'name'>): string {
  const { each, layers, except, terms, repetitions } = line;
  const left = except.length === 0 ? '' : ` except ${printSelectors(except)}`;
  const rounds = repetitions === undefined ? '' : ` with repetitions=${repetitions}`;
  const sum = terms.map(printTerm).join(' + ');
  return `${each ? 'each ' : ''}${printSelectors(layers)}${left}: ${sum}${rounds}`;
}

/** The layers of a task: `fc1, fc3`. */
export const printSelectors = (selectors: readonly Selector[]): string =>
  selectors.map(({ text }) => text).join(', ');

/** One compression: `prune(keep=5%)`. */
export function printTerm({ name, arguments: given }: Term): string {
  return given.length === 0 ? name : `${name}(${given.map(printArgument).join(', ')})`;
}

function printArgument({ key, value }: Argument): string {
  return key === undefined ? printValue(value) : `${key}=${printValue(value)}`;
}

/** A value of an option as it is written. */
export function printValue(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}
