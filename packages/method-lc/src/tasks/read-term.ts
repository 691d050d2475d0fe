import { didYouMean, parseOptions } from '@pare/core';
import { amountOption } from './amount.ts';
import { compressionVerbs } from './compression-verbs.ts';
import { placeOf, taskError, taskOwner } from './task-error.ts';
import { sharesOf, termOptions } from './term-options.ts';
import type { PartReference } from '@pare/core';
import type { z } from 'zod';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { Verb, VerbForm } from './compression-verbs.ts';
import type { TermOptions } from './term-options.ts';
import type { TaskSource, Term } from './task-line.ts';

/**
 * The part that a term describes, with amounts as they are written. Throws `UNKNOWN_COMPRESSION`, and `BAD_TASK` for wrong
 * options, with line and column.
 */
export function readTerm(term: Term, source: TaskSource, kinds: CompressionKinds): PartReference {
  const verb = verbOf(term, source, kinds);
  const options = termOptions(term, source, verb);
  const form = formOf(term, source, verb, options.values);
  check(term, source, form.options, options);
  return defined(form.part(options.values));
}

function verbOf({ name, column }: Term, source: TaskSource, kinds: CompressionKinds): Verb {
  if (Object.hasOwn(compressionVerbs, name)) return compressionVerbs[name]!;
  if (Object.hasOwn(kinds, name)) return plainVerb(name, kinds[name]!.options);
  const names = [...new Set([...Object.keys(compressionVerbs), ...Object.keys(kinds)])];
  const sentence = `expected a compression; received "${name}".${didYouMean(name, names)} There are ${names.join(', ')}`;
  throw taskError('UNKNOWN_COMPRESSION', source, column, sentence);
}

/** A part under its own name with its own options. */
function plainVerb(name: string, options: z.ZodObject): Verb {
  const { kept } = options.shape as Record<string, z.ZodType | undefined>;
  const counted = kept ? options.extend({ kept: amountOption }) : options;
  const part = (given: Readonly<Record<string, unknown>>) => ({
    ...(kept ? given : sharesOf(given)),
    name,
  });
  return { forms: [{ options: counted, part }] };
}

function formOf(
  term: Term,
  source: TaskSource,
  { forms }: Verb,
  given: Readonly<Record<string, unknown>>,
): VerbForm {
  const isGiven = (name: string) => given[name] !== undefined && given[name] !== false;
  const found = forms.find(({ chosenBy }) => chosenBy === undefined || isGiven(chosenBy));
  if (found) return found;
  const choices = forms.map(({ chosenBy }) => kebabCase(chosenBy!));
  const [received, ...others] = Object.keys(given).map(kebabCase);
  const sentence = `${term.name} needs one of ${choices.join(', ')}; received ${[received ?? 'none', ...others].join(', ')}`;
  const hint = received === undefined ? '' : didYouMean(received, choices);
  throw taskError('BAD_TASK', source, term.column, hint === '' ? sentence : `${sentence}.${hint}`);
}

const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Defaults stay with the part, so that it says what was written and no more. */
function check(
  term: Term,
  source: TaskSource,
  schema: z.ZodObject,
  { values, columns }: TermOptions,
): void {
  const [issue] = schema.safeParse(values).error?.issues ?? [];
  if (!issue) return;
  const wrong = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0];
  const place = placeOf(source, columns[String(wrong)] ?? term.column);
  parseOptions(schema, values, { owner: `${taskOwner}${place}, ${term.name}`, code: 'BAD_TASK' });
}

const defined = (part: PartReference): PartReference =>
  Object.fromEntries(
    Object.entries(part).filter(([, value]) => value !== undefined),
  ) as PartReference;
