import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import plugin from './index.ts';
import { optionLines, optionsOf } from './testing/option-lines.ts';
import { registeredSizes } from './testing/registered-sizes.ts';

const models = plugin.provides.model!;
const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Lines of a list or a table without the spaces that line columns up. */
const lines = text.split('\n').map((line) => line.replace(/ +/g, ' ').trim());

/** Rows of the table whose head begins with these cells. */
function tableOf(...cells: string[]): string[][] {
  const head = lines.findIndex((line) => line.startsWith(`| ${cells.join(' | ')} |`));
  const rows = lines.slice(head + 2, lines.indexOf('', head));
  return rows.map((row) => row.slice(2, -2).split(' | '));
}

/** What stands in back quotes. */
const quoted = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

const number = new Intl.NumberFormat('en-US');

describe('the README', () => {
  test.each(registeredSizes)('has the sizes for images $task.imageShape', ({ task, sizes }) => {
    const images = `${task.imageShape.join(' x ')}, ${task.classes}`;
    for (const [name, size] of Object.entries(sizes)) {
      const [parameters, macs] = size.map((n) => number.format(n));
      expect(lines).toContain(`| \`${name}\` | ${images} | ${parameters} | ${macs} |`);
    }
  });

  test('says how many names there are', () => {
    const told = /(\d+) registered names/.exec(text)?.[1];
    expect(told).toBe(String(Object.keys(models).length));
  });

  test('lists the options and defaults of all networks', () => {
    const from = lines.findIndex((line) => line.startsWith('Defaults'));
    const listed = lines.slice(from + 2, lines.indexOf('', from + 2));
    expect(listed).toEqual(optionLines(models));
  });

  const options = Object.values(models).flatMap((model) => Object.entries(optionsOf(model)));

  test('says what each option means, and knows no others', () => {
    const known = new Set(options.map(([name]) => name));
    const told = tableOf('Option').flatMap(([name]) => quoted(name!));
    expect(told.sort()).toEqual([...known].sort());
  });

  test('names every value of every option', () => {
    const inits = tableOf('`init`, `denseInit`').flatMap(([value]) => quoted(value!));
    const presets = ['hoyer', 'bip', 'hinge', 'lc', 'lcs'];
    const told = new Map(tableOf('Option').map(([name, meaning]) => [name, quoted(meaning!)]));
    const valuesOf = (name: string) =>
      ({ init: inits, denseInit: inits, preset: presets })[name] ?? told.get(`\`${name}\``)!;
    const missing = options.flatMap(([name, option]) =>
      (option.enum ?? []).map(String).filter((value) => !valuesOf(name).includes(value)),
    );
    expect(missing).toEqual([]);
  });

  test('has a column for each preset, with text where a family has it', () => {
    const presets = ['hoyer', 'bip', 'hinge', 'lc', 'lcs'];
    const rows = tableOf('Family', ...presets.map((name) => `\`${name}\``));
    const told = rows.flatMap(([family, ...cells]) =>
      quoted(family!).map((name) => [name, presets.filter((_, i) => cells[i] !== '-')] as const),
    );
    expect(told.length).toBeGreaterThan(rows.length);
    for (const [name, has] of told) {
      const known = [...(optionsOf(models[name]!).preset!.enum as string[])];
      expect([name, [...has].sort()]).toEqual([name, known.sort()]);
    }
  });
});
