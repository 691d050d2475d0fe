import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseOptions } from './parse-options.ts';
import type { PareError } from '../errors/pare-error.ts';

const schema = z.strictObject({
  strength: z.number().nonnegative().default(0.5),
  epochs: z.int().positive().default(3),
  kind: z.enum(['hoyer', 'lasso']).default('hoyer'),
  layers: z.array(z.strictObject({ name: z.string(), keep: z.number().max(1) })).default([]),
  limit: z.union([z.number(), z.literal('auto')]).default('auto'),
  path: z.string().min(1).optional(),
});

function message(value: unknown, prefix?: string[]): string {
  try {
    parseOptions(schema, value, { owner: 'method "hoyer"', prefix });
  } catch (error) {
    expect((error as PareError).code).toBe('OPTION_ERROR');
    return (error as PareError).message;
  }
  return 'no error';
}

test('fills defaults', () => {
  expect(parseOptions(schema, { strength: 2 }, { owner: 'x' })).toEqual({
    strength: 2,
    epochs: 3,
    kind: 'hoyer',
    layers: [],
    limit: 'auto',
  });
});

describe('a message names the option, what was expected and what was received', () => {
  test.each([
    [{ strength: 'abc' }, '"strength" must be a number; received "abc".'],
    [{ strength: -1 }, '"strength" must be at least 0; received -1.'],
    [{ strength: Number.NaN }, '"strength" must be a number; received NaN.'],
    [{ epochs: 1.5 }, '"epochs" must be a whole number; received 1.5.'],
    [{ epochs: 0 }, '"epochs" must be more than 0; received 0.'],
    [
      { kind: 'lassoo' },
      '"kind" must be one of "hoyer", "lasso"; received "lassoo". Did you mean "lasso"?',
    ],
    [{ layers: [{ name: 'a', keep: 2 }] }, '"layers[0].keep" must be at most 1; received 2.'],
    [{ layers: [{ keep: 1 }] }, '"layers[0].name" is missing; expected a text.'],
    [{ layers: 'fc1' }, '"layers" must be a list; received "fc1".'],
    [{ limit: 'all' }, '"limit" must be a number or "auto"; received "all".'],
    [
      { limit: 'atuo' },
      '"limit" must be a number or "auto"; received "atuo". Did you mean "auto"?',
    ],
    [{ path: '' }, '"path" must have at least 1 character; received "".'],
    [7, 'the value must be a mapping of options; received 7.'],
  ])('%j', (value, sentence) => {
    expect(message(value)).toBe(`method "hoyer": ${sentence}`);
  });
});

test('an unknown option is told with near misses and the known ones, also in a list', () => {
  expect(message({ strenght: 1 }, ['method'])).toBe(
    'method "hoyer": "method.strenght" is not known. Did you mean "strength"? Known: strength, epochs, kind, layers, limit, path.',
  );
  expect(message({ layers: [{ name: 'a', keep: 1, keap: 1 }] })).toContain(
    '"layers[0].keap" is not known. Did you mean "keep"? Known: name, keep.',
  );
});

test('the known options are told where defaults are worked out first', () => {
  const worked = z.preprocess((value) => value, z.strictObject({ strength: z.number() }));
  expect(() => parseOptions(worked, { strength: 1, power: 2 }, { owner: 'x' })).toThrow(
    'x: "power" is not known. Known: strength.',
  );
});

test('several problems are all told', () => {
  expect(message({ strength: 'a', epochs: 0 })).toBe(
    'method "hoyer": 2 problems\n  - "strength" must be a number; received "a".\n  - "epochs" must be more than 0; received 0.',
  );
});
