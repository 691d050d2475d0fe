import type { z } from 'zod';
import { PareError } from '../errors/pare-error.ts';
import { parseOptions } from '../options/parse-options.ts';
import type { PartReference } from './part.ts';

/** Parts that a configuration names. */
export type ConfiguredKind = 'engine' | 'model' | 'dataset' | 'method';

/** The part that a recipe (plain data) names; undefined where it names none. */
export function partOf(recipe: unknown, kind: ConfiguredKind): PartReference | undefined {
  const reference = (recipe as Readonly<Record<string, unknown>> | null | undefined)?.[kind];
  if (typeof reference === 'string') return { name: reference };
  const name = (reference as Partial<PartReference> | null | undefined)?.name;
  return typeof name === 'string' ? (reference as PartReference) : undefined;
}

/**
 * The options that a recipe, for example that of an artifact, has for one of its parts, without the part's name: what
 * functions like `createMnist` take. Throws NO_RECIPE where it names no such part, OPTION_ERROR where the schema is that of
 * another one.
 */
export function optionsOf<S extends z.ZodType>(
  recipe: unknown,
  kind: ConfiguredKind,
  schema: S,
): z.output<S> {
  const reference = partOf(recipe, kind);
  if (!reference) {
    throw new PareError(
      'NO_RECIPE',
      `The recipe names no ${kind}: it was written by a program that gave no configuration. Give the options of the ${kind} yourself.`,
    );
  }
  const { name, ...options } = reference;
  return parseOptions(schema, options, { owner: `${kind} "${name}" of the recipe` });
}
