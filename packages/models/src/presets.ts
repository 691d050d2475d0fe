import { z } from 'zod';

/** Defaults of options: fixed ones, or ones that follow from the options that are given. */
export type Defaults<S extends z.ZodObject> =
  Partial<z.input<S>> | ((given: Partial<z.input<S>>) => Partial<z.input<S>>);

/**
 * Adds the option `preset` to a strict object of options: the variant of a publication, which changes the defaults of
 * other options. An option that is given wins. `original` are the defaults that hang on other options, below the presets.
 */
export function withPresets<S extends z.ZodObject, Name extends string>(
  schema: S,
  presets: Readonly<Record<Name, Defaults<NoInfer<S>>>>,
  original: Defaults<NoInfer<S>> = {},
) {
  const names = Object.keys(presets) as Name[];
  const preset = z
    .enum(names)
    .optional()
    .describe('Variant of a publication: changes the defaults of the other options');
  const shape: { preset: typeof preset } & S['shape'] = { preset, ...schema.shape };
  const complete = z.strictObject(shape);
  const fill = (input: unknown) => {
    if (typeof input !== 'object' || input === null) return input;
    const given = Object.entries(input).filter(([, value]) => value !== undefined);
    const options = Object.fromEntries(given) as Partial<z.input<S>>;
    const resolve = (defaults: Defaults<S>) =>
      typeof defaults === 'function' ? defaults(options) : defaults;
    const known = names.find((name) => name === (options as { preset?: unknown }).preset);
    return { ...resolve(original), ...(known && resolve(presets[known])), ...options };
  };
  return z.preprocess(fill, complete) as unknown as z.ZodType<
    z.output<typeof complete>,
    z.input<typeof complete>
  >;
}
