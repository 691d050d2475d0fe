import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import plugin from './index.ts';

test('the plugin brings the data sets', () => {
  const parts = new Registry().use(plugin).parts('dataset');
  expect(parts.filter(({ owner }) => owner === '@pare/datasets').map(({ name }) => name)).toEqual([
    'mnist',
    'fashion-mnist',
    'cifar-10',
    'cifar-100',
    'svhn',
    'tiny-imagenet',
    'imagenet',
    'image-folder',
    'synthetic',
  ]);
});

test('a data set is made by name, with options from a configuration', async () => {
  await using run = new Registry().use(plugin).openRun();
  const dataset = await run.create('dataset', 'synthetic', { train: 20, test: 10, classes: 2 });
  expect(dataset.info).toMatchObject({ classes: 2, sizes: { train: 20, test: 10 } });
});

test('completed options name every default and are complete', () => {
  const registry = new Registry().use(plugin);
  const completed = registry.complete('dataset', { name: 'mnist', validation: 5000 });
  expect(completed).toEqual({
    name: 'mnist',
    verify: true,
    augment: 'none',
    normalization: 'none',
    pad: 0,
    validation: 5000,
    limit: {},
  });
  expect(registry.complete('dataset', completed)).toEqual(completed);
});
