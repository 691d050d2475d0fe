import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { lcOptions } from './options.ts';
import { compressionVerbs } from './tasks/compression-verbs.ts';
import { resolveTasks } from './tasks/resolve-tasks.ts';
import { exampleNetworks } from './testing/networks.ts';

const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const lines = text.split('\n').map((line) => line.replace(/ +/g, ' ').trim());

/** Rows of the table whose head begins with this cell. */
function tableOf(head: string): string[][] {
  const at = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  const rows = lines.slice(at + 2, lines.indexOf('', at));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

/** What stands in back quotes. */
const quoted = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

const lenet = exampleNetworks['lenet-300-100']();

describe('the README', () => {
  const defaults = lcOptions.parse({ tasks: ['all: binarize'] });

  test('lists every option once', () => {
    const told = tableOf('option').flatMap(([name]) => quoted(name!));
    expect(told.sort()).toEqual(Object.keys(lcOptions.shape).sort());
  });

  const scalars = Object.entries(defaults).filter(([, value]) => typeof value !== 'object');

  test.each(scalars)('has the default of %s', (name, value) => {
    const row = tableOf('option').find(([cell]) => cell === `\`${name}\``);
    expect(row?.[1]?.replaceAll('`', '')).toBe(`${value as string | number | boolean}`);
  });

  test('has the defaults of mu and of the stages before and after', () => {
    const { mu } = defaults;
    const { pretrain, finetune } = lcOptions.parse({
      tasks: ['all: binarize'],
      pretrain: {},
      finetune: {},
    });
    const written = (value: unknown) =>
      JSON.stringify(value)
        .replaceAll('"', '')
        .replaceAll(/([:,])/g, '$1 ')
        .replace('{', '{ ')
        .replace('}', ' }')
        .replace('0.00009', '9e-5');
    for (const value of [mu, pretrain, finetune]) expect(text).toContain(`\`${written(value)}\``);
  });

  test.each(tableOf('line').flatMap(([line]) => quoted(line!).filter((l) => !l.startsWith('{'))))(
    'shows a task that can be used: %s',
    (line) => {
      expect(resolveTasks(lenet, [line]).tasks.length).toBeGreaterThan(0);
    },
  );

  const compressions = tableOf('compression').flatMap(([name]) => quoted(name!));

  test.each(compressions)('shows a compression that can be used: %s', (compression) => {
    expect(resolveTasks(lenet, [`fc1: ${compression}`]).tasks).toHaveLength(1);
  });

  test('shows every compression', () => {
    const told = compressions.map((compression) => compression.replace(/\(.*/, ''));
    expect(new Set(told)).toEqual(new Set(Object.keys(compressionVerbs)));
  });
});
