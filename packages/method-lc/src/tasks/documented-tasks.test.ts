import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createCompression } from '../compressions/create-compression.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { resolveTasks } from './resolve-tasks.ts';

const page = new URL('../../../../docs/lc-tasks.md', import.meta.url);
const text = readFileSync(page, 'utf8');

/** What the first column of a section's table has in code spans. */
function written(section: string): string[] {
  const rows = text.split(`## ${section}\n`)[1]!.split('\n## ')[0]!.split('\n');
  const cells = rows.filter((row) => row.startsWith('| `')).map((row) => row.split(' | ')[0]!);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!));
}

const lenet = exampleNetworks['lenet-5']();

describe('what the page about tasks shows can be done', () => {
  test.each(written('Layers'))('layers: %s', (layers) => {
    expect(resolveTasks(lenet, [`${layers}: binarize`]).tasks.length).toBeGreaterThan(0);
  });

  test.each(written('Compressions'))('compression: %s', (compression) => {
    const { tasks } = resolveTasks(lenet, [`fc1: ${compression}`]);
    expect(() => createCompression(tasks[0]!.parts)).not.toThrow();
  });

  test('the first example', () => {
    const lines = z.array(z.string()).parse(text.match(/^ {2}- .*: .*\)$/gm));
    const { tasks } = resolveTasks(
      lenet,
      lines.map((line) => line.replace(/^ {2}- /, '')),
    );
    expect(tasks.map(({ name }) => name)).toEqual(['conv*', 'fc1', 'fc2']);
  });
});
