import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { optionsOf, partOf } from './options-of.ts';

const schema = z.strictObject({ normalization: z.string().default('standard') });

test('the options of a part come without its name, with their defaults', () => {
  const recipe = { dataset: { name: 'mnist', normalization: 'mean-image' }, model: 'lenet-5' };
  expect(optionsOf(recipe, 'dataset', schema)).toEqual({ normalization: 'mean-image' });
  expect(optionsOf({ dataset: 'mnist' }, 'dataset', schema)).toEqual({ normalization: 'standard' });
  expect(partOf(recipe, 'model')).toEqual({ name: 'lenet-5' });
});

test('a recipe without the part, or with another one, is an error', () => {
  for (const recipe of [
    {},
    undefined,
    null,
    { dataset: 7 },
    { dataset: { normalization: 'none' } },
  ])
    expect(() => optionsOf(recipe, 'dataset', schema)).toThrow('The recipe names no dataset');
  const other = { dataset: { name: 'cifar-10', augment: 'none' } };
  expect(() => optionsOf(other, 'dataset', schema)).toThrow(
    'dataset "cifar-10" of the recipe: "augment" is not known. Known: normalization.',
  );
});
