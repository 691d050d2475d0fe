import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import { describePlugin } from '@pare/core/testing';
import { NetworkBuilder } from '@pare/graph';
import plugin from './index.ts';
import { trainingGroups } from './testing/training-groups.ts';

const packageFile = new URL('../package.json', import.meta.url);

describePlugin(plugin, {
  packageJson: JSON.parse(readFileSync(packageFile, 'utf8')) as Record<string, never>,
});

test('a model is made by name, with options from a configuration', async () => {
  await using run = new Registry().use(plugin).openRun();
  const task = { imageShape: [28, 28, 1], classes: 10 } as const;
  for (const name of ['lenet-300-100', 'lenet-5']) {
    const model = await run.create('model', name, { dropout: 0.5 });
    expect(model.build(new NetworkBuilder(), task)).toMatchObject({ name });
  }
  await expect(run.create('model', 'lenet-5', { activation: 'tanh' })).rejects.toThrow(
    /model "lenet-5".*activation/,
  );
});

test('every network is among those that the tests train', () => {
  const trained = Object.values(trainingGroups).flatMap(({ parts }) => Object.keys(parts));
  expect(trained.sort()).toEqual(Object.keys(plugin.provides.model!).sort());
});
