import type { z } from 'zod';
import { didYouMean } from '../text/near-misses.ts';
import { keysAt } from './schema-keys.ts';

/** What an issue is told with. */
export interface IssueContext {
  readonly schema: z.core.$ZodType;
  /** Where the checked value stands in a larger one; put before every path. */
  readonly prefix: readonly PropertyKey[];
}

/** `a.b[0]` for ['a', 'b', 0]. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}

/** Short form of a value for a message. */
export function formatReceived(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Sentences for one zod issue: which option, what was expected, what was received. */
export function issueSentences(issue: z.core.$ZodIssue, context: IssueContext): string[] {
  const place = name([...context.prefix, ...issue.path]);
  const received = formatReceived(issue.input);
  const told = `${place}: ${issue.message}; received ${received}.`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, issue.path, context));
    case 'invalid_type':
      return [wrongType(place, issue)];
    case 'invalid_value':
      return [
        `${place} must be ${oneOf(issue.values)}; received ${received}.${near(issue.input, issue.values)}`,
      ];
    case 'too_small':
    case 'too_big':
      return [`${place} must ${limit(issue)}; received ${received}.`];
    case 'not_multiple_of':
      return [`${place} must be a multiple of ${issue.divisor}; received ${received}.`];
    case 'invalid_union':
      return unionSentences(place, issue, context);
    case 'custom':
      return [typeof issue.input === 'object' ? `${place}: ${issue.message}.` : told];
    default:
      return [told];
  }
}

function name(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the value' : `"${formatPath(path)}"`;
}

function unknownKey(key: string, path: readonly PropertyKey[], context: IssueContext): string {
  const known = keysAt(context.schema, path);
  const list = known.length > 0 ? `Known: ${known.join(', ')}.` : 'There are no options here.';
  return `${name([...context.prefix, ...path, key])} is not known.${didYouMean(key, known)} ${list}`;
}

const typeNames: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of options',
  record: 'a mapping',
  null: 'null',
};

function wrongType(place: string, issue: z.core.$ZodIssueInvalidType): string {
  const expected = typeNames[issue.expected] ?? issue.expected;
  if (issue.input === undefined) return `${place} is missing; expected ${expected}.`;
  return `${place} must be ${expected}; received ${formatReceived(issue.input)}.`;
}

function oneOf(values: readonly unknown[]): string {
  const list = values.map(formatReceived).join(', ');
  return values.length === 1 ? list : `one of ${list}`;
}

function near(input: unknown, values: readonly unknown[]): string {
  const texts = values.filter((value) => typeof value === 'string');
  return typeof input === 'string' ? didYouMean(input, texts) : '';
}

function limit(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const small = issue.code === 'too_small';
  const bound = small ? issue.minimum : issue.maximum;
  const units: Record<string, string> = {
    string: ' character',
    array: ' element',
    set: ' element',
  };
  const unit = units[issue.origin];
  if (unit) return `have at ${small ? 'least' : 'most'} ${bound}${unit}${bound === 1 ? '' : 's'}`;
  if (issue.inclusive) return `be at ${small ? 'least' : 'most'} ${bound}`;
  return `be ${small ? 'more' : 'less'} than ${bound}`;
}

/** Tells about the alternative that the value seems to have been meant for; else what would do. */
function unionSentences(
  place: string,
  issue: z.core.$ZodIssueInvalidUnion,
  context: IssueContext,
): string[] {
  const mismatch = (inner: z.core.$ZodIssue) =>
    inner.path.length === 0 && (inner.code === 'invalid_type' || inner.code === 'invalid_value');
  const meantFor = issue.errors.find((issues) => issues.length > 0 && !issues.some(mismatch));
  if (meantFor) {
    return meantFor.flatMap((inner) =>
      issueSentences({ ...inner, path: [...issue.path, ...inner.path] }, context),
    );
  }
  const expected = issue.errors.flat().flatMap((inner) => {
    if (inner.code === 'invalid_type') return [typeNames[inner.expected] ?? inner.expected];
    return inner.code === 'invalid_value' ? inner.values.map(formatReceived) : [];
  });
  const list = [...new Set(expected)].join(' or ') || 'another value';
  if (issue.input === undefined) return [`${place} is missing; expected ${list}.`];
  const values = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
  const hint = near(issue.input, values);
  return [`${place} must be ${list}; received ${formatReceived(issue.input)}.${hint}`];
}
