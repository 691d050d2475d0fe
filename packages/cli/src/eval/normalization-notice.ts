import { partOf } from '@pare/core';
import type { PartReference } from '@pare/core';

/** One line where images are normalised in another way than the recipe has it, which costs accuracy; undefined where not. */
export function normalizationNotice(recipe: unknown, used: PartReference): string | undefined {
  const trained = partOf(recipe, 'dataset');
  if (trained?.normalization === undefined) return undefined;
  if (text(trained) === text(used)) return undefined;
  const change =
    used.normalization === undefined ? '' : '; --set dataset.normalization=<...> changes it';
  return `trained on ${trained.name} with normalization ${text(trained)}, evaluated on ${used.name} with ${text(used)}${change}`;
}

const text = ({ normalization }: PartReference) =>
  normalization === undefined ? 'its own' : JSON.stringify(normalization);
