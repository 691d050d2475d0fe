import { expect, test } from '@jest/globals';
import { recipeChanges } from './recipe-changes.ts';

const recipe = {
  engine: { name: 'a' },
  method: { name: 'm', strength: 0.1, stages: [{ epochs: 1 }, { epochs: 2 }] },
};

test('the same settings, in any order and on any engine, are no change', () => {
  const { name, ...rest } = recipe.method;
  expect(
    recipeChanges(recipe, { method: { ...rest, name, none: undefined }, engine: { name: 'b' } }),
  ).toEqual([]);
});

test('each setting that differs is told with its place, before and after', () => {
  const method = { name: 'm', strength: 0.2, stages: [{ epochs: 1 }, { epochs: 3 }], keep: 'best' };
  expect(recipeChanges(recipe, { ...recipe, method })).toEqual([
    'method.strength was 0.1, is 0.2',
    'method.stages.1.epochs was 2, is 3',
    'method.keep was not there, is "best"',
  ]);
});
