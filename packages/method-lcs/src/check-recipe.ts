import { PareError } from '@pare/core';
import { lcsOptions } from './options.ts';
import { lcsSettings } from './settings.ts';
import type { PartReference } from '@pare/core';
import type { LcsSettings } from './settings.ts';

/** What decides which network runs at a level; all else is about training and about levels that are evaluated. */
const decisive = [
  'setting',
  'variant',
  'reference',
  'widths',
  'widthList',
  'keep',
  'bits',
] as const satisfies readonly (keyof LcsSettings)[];

/**
 * Throws LCS_STATE where a result was trained by another method, or with other settings than it is to be run with: what it
 * gives would be wrong without a word, and its parameters alone may not tell.
 */
export function checkRecipe(recipe: PartReference, model: string, used: LcsSettings): void {
  const { name, ...options } = recipe;
  if (name !== 'lcs') throw wrong(model, `by the method "${name}"`);
  const parsed = lcsOptions.safeParse(options);
  // Written by another version: then the parameters are what is left to go by.
  if (!parsed.success) return;
  const trained = lcsSettings(parsed.data, model);
  const differs = decisive.filter((key) => text(trained[key]) !== text(used[key]));
  if (differs.length === 0) return;
  const list = (of: LcsSettings) => differs.map((key) => `${key} ${text(of[key])}`).join(', ');
  throw wrong(model, `with ${list(trained)}, and is to be run with ${list(used)}`);
}

const text = (value: unknown) => JSON.stringify(value);

const wrong = (model: string, how: string) =>
  new PareError(
    'LCS_STATE',
    `method "lcs": the model "${model}" was trained ${how}. Use the method and the options of its recipe.`,
  );
