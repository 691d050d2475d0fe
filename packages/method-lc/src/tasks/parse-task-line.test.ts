import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseTaskLine } from './parse-task-line.ts';
import { printTaskLine } from './print-task-line.ts';
import type { TaskLine } from './task-line.ts';

const parse = (text: string) => parseTaskLine({ line: 3, text });

/** Without places. */
const plain = ({ each, layers, except, terms, repetitions }: TaskLine) => ({
  each,
  layers: layers.map(({ text }) => text),
  except: except.map(({ text }) => text),
  terms: terms.map(({ name, arguments: given }) => [
    name,
    given.map(({ key, value }) => (key === undefined ? value : { [key]: value })),
  ]),
  ...(repetitions !== undefined && { repetitions }),
});

describe('a line', () => {
  test('has layers, compressions and their options', () => {
    expect(plain(parse('fc1, conv*: prune(keep=5%) + quantize(k=2, algorithm=k-means)'))).toEqual({
      each: false,
      layers: ['fc1', 'conv*'],
      except: [],
      terms: [
        ['prune', [{ keep: '5%' }]],
        ['quantize', [{ k: 2 }, { algorithm: 'k-means' }]],
      ],
    });
  });

  test('can be for each layer, leave some out, and say how often a sum is fitted', () => {
    const line = parse(
      'each all conv except conv1, layer1.*: prune(1%)+binarize with repetitions=50',
    );
    expect(plain(line)).toMatchObject({
      each: true,
      layers: ['all conv'],
      except: ['conv1', 'layer1.*'],
      repetitions: 50,
    });
  });

  test.each<[string, unknown[]]>([
    ['a: b', []],
    ['a: b()', []],
    ['a: b(5)', [5]],
    ['a: b( 5 % )', ['5%']],
    ['a: b(.5%)', ['0.5%']],
    ['a: b(auto, x=1e-9)', ['auto', { x: 1e-9 }]],
    ['a: b(x = [-1, 0, +1.5])', [{ x: [-1, 0, 1.5] }]],
    ['a: b(x=true, y=false)', [{ x: true }, { y: false }]],
  ])('%s has the options %j', (text, options) => {
    expect(plain(parse(text)).terms).toEqual([['b', options]]);
  });

  test('a layer may be named each or all-of-it', () => {
    expect(plain(parse('each: b'))).toMatchObject({ each: false, layers: ['each'] });
    expect(plain(parse('all-of-it, all dense: b')).layers).toEqual(['all-of-it', 'all dense']);
  });
});

describe('an error has line, column, what was expected and what was received', () => {
  test.each([
    ['prune(5%)', 6, '":" after the layers', '"("'],
    ['', 1, 'the name of a layer', 'the end of the line'],
    ['fc1, : prune(5%)', 6, 'the name of a layer', '":"'],
    ['fc1:', 5, 'a compression such as prune', 'the end of the line'],
    ['fc1: prune(5%', 14, '"," or ")"', 'the end of the line'],
    ['fc1: prune(keep=)', 17, 'a value of "keep"', '")"'],
    ['fc1: prune(5x)', 12, 'an option', '"5x"'],
    ['fc1: prune(5%) quantize(2)', 16, '"+" and another compression', '"quantize"'],
    ['fc1: quantize(values=[1, x])', 26, 'a number of the list', '"x"'],
    ['fc1: quantize(values=[1, 5%])', 26, 'a number of the list', '"5%"'],
    ['fc1: quantize(values=[1 2])', 25, '"," or "]"', '"2"'],
    ['fc1: a + b with rounds=3', 17, 'repetitions=<rounds>', '"rounds"'],
    ['fc1: a + b with repetitions=2.5', 29, 'a whole number of rounds', '"2.5"'],
    ['fc1: a + b with repetitions=0', 29, 'a whole number of rounds', '"0"'],
    ['all convs: a', 5, '":" after the layers', '"convs"'],
  ])('%s', (text, column, expected, received) => {
    const at = `tasks: line 3, column ${column}: expected ${expected}`;
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'TASK_SYNTAX' }));
    expect(() => parse(text)).toThrow(at);
    expect(() => parse(text)).toThrow(`received ${received}`);
  });
});

const word = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/)
  .filter(
    (text) => !['true', 'false', 'with', 'except', 'each', 'all', 'conv', 'dense'].includes(text),
  );
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const value = fc.oneof(
  number,
  word,
  fc.boolean(),
  fc.array(number, { minLength: 1, maxLength: 4 }),
  fc.double({ min: 0, max: 100, noNaN: true }).map((share) => `${share + 0}%`),
);
const argument = fc.oneof(
  fc.record({ key: word, value }),
  fc.record({ value: value.filter((each) => typeof each !== 'boolean') }),
);
const selector = fc.oneof(
  fc
    .stringMatching(/^[a-z*][a-z0-9.*?_/-]{0,8}$/)
    .filter((text) => !/^(each|all|except)$/.test(text)),
  fc.constantFrom('all', 'all conv', 'all dense', 'all depthwise'),
);
const selectors = (least: number) =>
  fc
    .array(selector, { minLength: least, maxLength: 3 })
    .map((texts) => texts.map((text) => ({ text })));
const line = fc.record(
  {
    each: fc.boolean(),
    layers: selectors(1),
    except: selectors(0),
    terms: fc.array(fc.record({ name: word, arguments: fc.array(argument, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    repetitions: fc.integer({ min: 1, max: 1000 }),
  },
  { requiredKeys: ['each', 'layers', 'except', 'terms'] },
);

test('a task that is printed is read back to the same', () => {
  fc.assert(
    fc.property(line, (task) => {
      const text = printTaskLine(task);
      const read = parse(text);
      expect(plain(read)).toEqual(plain({ ...task, source: { line: 1 } }));
      expect(printTaskLine(read)).toBe(text);
    }),
  );
});
