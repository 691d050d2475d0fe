import { PareError } from '@pare/core';
import type { TaskSource } from './task-line.ts';

/** What every message about a task begins with. */
export const taskOwner = 'tasks: ';

/** Where something stands: `line 2, column 12`. */
export function placeOf({ line }: TaskSource, column?: number): string {
  return column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
}

/** An error about a place in the tasks; the sentence ends without a full stop, or with a question. */
export function taskError(
  code: string,
  source: TaskSource,
  column: number | undefined,
  sentence: string,
): PareError {
  const text = source.text === undefined ? '' : ` In: ${source.text}`;
  const end = sentence.endsWith('?') ? '' : '.';
  return new PareError(code, `${taskOwner}${placeOf(source, column)}: ${sentence}${end}${text}`);
}

/** The same error, told with its place in the tasks. */
export function atPlace(error: unknown, source: TaskSource, column?: number): unknown {
  if (!(error instanceof PareError)) return error;
  const message = `${taskOwner}${placeOf(source, column)}: ${error.message}`;
  return new PareError(error.code, message, { cause: error });
}
