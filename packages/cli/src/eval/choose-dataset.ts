import { partOf } from '@pare/core';

/** The data set to evaluate on: that of the recipe with its options, unless another one is asked for by its name. */
export function chooseDataset(
  recipe: Readonly<Record<string, unknown>>,
  name: string | undefined,
): unknown {
  const isOwn = name === undefined || partOf(recipe, 'dataset')?.name === name;
  return isOwn ? recipe.dataset : name;
}
