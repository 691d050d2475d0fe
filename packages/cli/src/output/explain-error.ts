import { isKnownError } from '../exit-codes.ts';

/** Code of an error, for machines. */
export function codeOfError(error: unknown): string {
  return isKnownError(error) ? error.code : 'UNEXPECTED';
}

/** What a person needs to know of an error: its message and code, or for a fault of the program its stack. */
export function explainError(error: unknown): string {
  if (isKnownError(error)) return `error: ${error.message} [${error.code}]`;
  return [
    `error: something went wrong that Pare did not foresee [UNEXPECTED]`,
    stackOf(error),
    'This is a fault of Pare or of a plugin. Please report it with the text above and the output of "pare doctor".',
  ].join('\n');
}

/** Message of an error for the JSON line. */
export function messageOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
