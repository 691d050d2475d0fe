import { optionsSchema } from '@pare/core';
import type { Model, Provision } from '@pare/core';

/** An option as its JSON Schema has it. */
export interface OptionSchema {
  readonly enum?: readonly unknown[];
  readonly default?: string | number | boolean;
}

/** Options of a model by name. */
export const optionsOf = (provision: Provision<Model>): Readonly<Record<string, OptionSchema>> =>
  optionsSchema({ provision }).properties as Record<string, OptionSchema>;

/** Lines of a Markdown list: networks with the same options, and the defaults of these. */
export function optionLines(models: Readonly<Record<string, Provision<Model>>>): string[] {
  const groups = new Map<string, string[]>();
  for (const [name, provision] of Object.entries(models)) {
    const options = Object.entries(optionsOf(provision)).map(([option, schema]) =>
      schema.default === undefined ? `\`${option}\`` : `\`${option}: ${String(schema.default)}\``,
    );
    const text = options.join(', ');
    groups.set(text, [...(groups.get(text) ?? []), `\`${name}\``]);
  }
  return [...groups].map(([options, names]) => `- ${names.join(', ')}: ${options}`);
}
