import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import { describePlugin } from '@pare/core/testing';
import plugin from './index.ts';

const packageJson = createRequire(import.meta.url)('../package.json') as object;

const options = { tasks: ['all: prune(keep=50%)'], epochs: 1, workers: 0 };
describePlugin(plugin, { packageJson, options: { method: { lc: options } } });

test('the plugin brings the method, and its options are checked', async () => {
  const registry = new Registry().use(plugin);
  await using run = registry.openRun();
  const create = (more: Record<string, unknown>) => run.create('method', 'lc', more);
  expect((await create({ tasks: ['all: quantize(k=2)'] })).paper).toMatch(/LC algorithm/);
  await expect(create({})).rejects.toThrow(/"tasks"/);
  await expect(create({ task: ['all: quantize(k=2)'] })).rejects.toThrow(/Did you mean "tasks"/);
  await expect(create({ tasks: ['all quantize(k=2)'] })).rejects.toThrow(/column/);
});
