import type { z } from 'zod';
import { PareError } from '../errors/pare-error.ts';
import { issueSentences } from './issue-sentence.ts';

/** Where the options stand, for messages. */
export interface OptionPlace {
  /** What the options belong to, for example `method "hoyer"`. */
  readonly owner: string;
  /** Path of the options in a configuration; put before every option's name. */
  readonly prefix?: readonly PropertyKey[];
  /** Code of the error; default `OPTION_ERROR`. */
  readonly code?: string;
}

/** Options with every default filled in. Throws `OPTION_ERROR` with a sentence for each problem. */
export function parseOptions<S extends z.ZodType>(
  schema: S,
  value: unknown,
  place: OptionPlace,
): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const { owner, prefix = [], code = 'OPTION_ERROR' } = place;
  const issues = result.error.issues;
  const sentences = issues.flatMap((issue) => issueSentences(issue, { schema, prefix }));
  throw new PareError(code, problemText(owner, sentences), { cause: result.error });
}

/** One problem on one line; several as a list. */
export function problemText(owner: string, sentences: readonly string[]): string {
  if (sentences.length === 1) return `${owner}: ${sentences[0]}`;
  return `${owner}: ${sentences.length} problems\n${sentences.map((s) => `  - ${s}`).join('\n')}`;
}
