import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import { NetworkBuilder } from '@pare/graph';
import plugin from './index.ts';

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
