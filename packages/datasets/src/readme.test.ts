import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import { z } from 'zod';
import plugin from './index.ts';

const source = fileURLToPath(new URL('.', import.meta.url));
/** Without fences. */
const text = readFileSync(join(source, '..', 'README.md'), 'utf8').replace(/^```[^]*?^```$/gm, '');
const datasets = plugin.provides.dataset!;

/** What stands in back quotes. */
const quoted = (part: string): string[] =>
  [...part.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name!);

/** A section without its heading, by the heading's words. */
function section(title: string): string {
  const [, rest = ''] = text.split(new RegExp(`^##+ ${title}\\n`, 'm'));
  return rest.split(/^## /m)[0]!;
}

/** Cells of the rows of all tables in a text, without their heads. */
const rows = (part: string): string[][] =>
  part
    .split('\n')
    .filter((line, i, lines) => line.startsWith('|') && !/^\| -/.test(lines[i + 1] ?? ''))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

/** Names and values that an option's JSON Schema mentions. */
function wordsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    properties = {},
    enum: values = [],
    anyOf,
    default: _,
  } = schema as {
    properties?: object;
    enum?: unknown[];
    anyOf?: unknown;
    default?: unknown;
  };
  const names = Object.entries(properties).flatMap(([name, inner]) => [name, ...wordsOf(inner)]);
  return [...names, ...values.map(String), ...wordsOf(anyOf)];
}

describe('the README', () => {
  test.each(Object.keys(datasets))('has every option of %s, and every value', (name) => {
    const schema = z.toJSONSchema(datasets[name]!.options, { io: 'input' });
    const told = new Set(quoted(text).flatMap((words) => words.split(/[^\w-]+/)));
    expect(wordsOf(schema).filter((word) => !told.has(word))).toEqual([]);
  });

  test('lists no options that nothing has', () => {
    const known = new Set(
      Object.values(datasets).flatMap(({ options }) =>
        wordsOf(z.toJSONSchema(options, { io: 'input' })),
      ),
    );
    const parts = [section('Options of all data sets'), section('Options of single data sets')];
    const named = parts.flatMap(rows).flatMap(([first]) => quoted(first!));
    const isOption = (word: string) => !(word in datasets);
    expect(named.filter((word) => isOption(word) && !known.has(word))).toEqual([]);
  });

  test('has the defaults of normalisation and augmentation', () => {
    const registry = new Registry().use(plugin);
    const table = rows(section('Options of all data sets')).filter((cells) => cells.length === 3);
    const told = table.flatMap(([names, normalization, augment]) =>
      quoted(names!)
        .filter((name) => name in datasets)
        .map((name) => [name, quoted(normalization!)[0], quoted(augment!)[0]]),
    );
    const real = Object.keys(datasets).map((name) => {
      const { normalization, augment } = registry.complete('dataset', {
        name,
        ...(name === 'image-folder' && { directory: 'images' }),
      }) as Record<string, unknown>;
      return [name, normalization, augment];
    });
    expect(told.sort()).toEqual(real.sort());
  });

  test('has every error, and no others', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
    const code = files.filter((file) => file.endsWith('.ts') && !/test/.test(file));
    const pattern =
      /'((?:CIFAR|DATASET|DISK|DOWNLOAD|IDX|LMDB|MAT|NO_WRITE|PICKLE|SVHN|WRITE)_[A-Z_]+|INTERRUPTED)'/g;
    const thrown = code.flatMap((file) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(pattern)].map(([, name]) => name!),
    );
    const listed = rows(section('Errors')).flatMap(([first]) => quoted(first!));
    expect(listed.sort()).toEqual([...new Set(thrown)].sort());
  });
});
