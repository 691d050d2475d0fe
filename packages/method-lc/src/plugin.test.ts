import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import { describePlugin } from '@pare/core/testing';
import plugin from './index.ts';

const packageJson = createRequire(import.meta.url)('../package.json') as object;

const options = { tasks: ['all: prune(keep=50%)'], epochs: 1, workers: 0 };
const compression = {
  'adaptive-quantization': { centroids: 4, algorithm: 'k-means' },
  'fixed-codebook': { values: [-1, 0, 1] },
  'powers-of-two': { smallest: 2 },
  'l0-constraint': { kept: 10 },
  'l1-constraint': { radius: 3 },
  'l0-penalty': { alpha: 0.1 },
  'l1-penalty': { alpha: 0.1 },
  'low-rank': { rank: 2 },
  'rank-selection': { alpha: 0.1, criterion: 'flops' },
};
describePlugin(plugin, { packageJson, options: { compression, method: { lc: options } } });

test('the plugin brings the method, and its options are checked', async () => {
  const registry = new Registry().use(plugin);
  await using run = registry.openRun();
  const create = (more: Record<string, unknown>) => run.create('method', 'lc', more);
  expect((await create({ tasks: ['all: quantize(k=2)'] })).paper).toMatch(/LC algorithm/);
  await expect(create({})).rejects.toThrow(/"tasks"/);
  await expect(create({ task: ['all: quantize(k=2)'] })).rejects.toThrow(/Did you mean "tasks"/);
  await expect(create({ tasks: ['all quantize(k=2)'] })).rejects.toThrow(/column/);
});
