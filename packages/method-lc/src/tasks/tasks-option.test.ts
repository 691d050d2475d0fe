import { describe, expect, test } from '@jest/globals';
import { parseOptions, optionsSchema } from '@pare/core';
import { z } from 'zod';
import { printTaskLine } from './print-task-line.ts';
import { readTaskLines, tasksOption } from './tasks-option.ts';
import type { TasksInput } from './tasks-option.ts';

const options = z.strictObject({ tasks: tasksOption });
const check = (tasks: unknown) => parseOptions(options, { tasks }, { owner: 'method "lc"' }).tasks;
const printed = (tasks: TasksInput) => readTaskLines(tasks).map(printTaskLine);

const expected = ['fc1: prune(keep=5%)', 'fc2, fc3: quantize(k=2)'];

describe('tasks', () => {
  test.each<[string, TasksInput]>([
    ['a list of lines', expected],
    [
      'a list of mappings, as YAML reads lines without quotes',
      [{ fc1: 'prune(keep=5%)' }, { 'fc2, fc3': 'quantize(k=2)' }],
    ],
    ['a mapping', { fc1: 'prune(keep=5%)', 'fc2, fc3': 'quantize(k=2)' }],
    ['a text', '# what is done\nfc1: prune(keep=5%)  # most of it\n\n  fc2, fc3: quantize(k=2)\n'],
    [
      'the long form',
      [
        { layers: 'fc1', compress: { name: 'prune', keep: '5%' } },
        { layers: ['fc2', 'fc3'], compress: ['quantize(k=2)'] },
      ],
    ],
  ])('can be %s', (title, tasks) => {
    expect(printed(tasks)).toEqual(expected);
    // They stay as they are written, so that configurations can be read again.
    const checked = check(tasks);
    expect(checked).toEqual(title === 'the long form' ? expect.anything() : tasks);
    expect(check(JSON.parse(JSON.stringify(checked)))).toEqual(checked);
  });

  test('in the long form have all that lines have', () => {
    const task = {
      layers: ['all conv', 'fc1'],
      except: 'conv1',
      each: true,
      compress: [{ name: 'prune', keep: 3 }, 'quantize(k=2) + binarize'],
      repetitions: 7,
    };
    expect(printed([task])).toEqual([
      'each all conv, fc1 except conv1: prune(keep=3) + quantize(k=2) + binarize with repetitions=7',
    ]);
    expect(readTaskLines([{ ...task, name: 'mine' }])[0]).toMatchObject({ name: 'mine' });
  });

  test('count lines of a text as an editor does', () => {
    expect(() => readTaskLines('\n# first\nfc1 prune')).toThrow('tasks: line 3, column 5');
  });

  test.each<[unknown, string]>([
    [[], '"tasks" must have at least 1 element'],
    ['', '"tasks" must have at least 1 character'],
    [undefined, '"tasks" is missing'],
    [5, '"tasks" must be'],
    ['# nothing', 'there is nothing to compress'],
    [{}, 'there is nothing to compress'],
    [
      ['fc1: prune(5%)', 'fc2 quantize'],
      '"tasks": line 2, column 5: expected ":" after the layers',
    ],
    [
      [{ layers: 'fc1', compres: 'binarize' }],
      '"tasks[0].compres" is not known. Did you mean "compress"?',
    ],
    [[{ layers: 'fc1', compress: [] }], '"tasks[0].compress"'],
    [[{ layers: 'fc1', compress: [{ keep: 3 }] }], '"tasks[0].compress'],
    [[{ layers: 'fc1', compress: 'prune(' }], 'line 1, column 7: expected an option'],
    [
      [{ layers: 'fc1', compress: 'binarize', repetitions: 0 }],
      '"tasks[0].repetitions" must be at least 1',
    ],
    [[{ fc1: 5 }], 'tasks[0]'],
  ])('cannot be %j', (tasks, told) => {
    expect(() => check(tasks)).toThrow(told);
    expect(() => check(tasks)).toThrow('method "lc"');
  });

  test('have a JSON Schema', () => {
    const schema = optionsSchema({
      provision: { options, needs: {}, create: () => ({}) as never },
    });
    expect(schema.properties).toHaveProperty('tasks.anyOf');
    expect(schema.required).toEqual(['tasks']);
  });
});
