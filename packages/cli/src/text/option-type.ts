/** The part of a JSON Schema that describes an option. */
export interface OptionSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly OptionSchema[];
  readonly $ref?: string;
  readonly default?: unknown;
  readonly description?: string;
}

/** Options of a part by name, from the schema of its options. */
export const optionsOf = (schema: Readonly<Record<string, unknown>>): [string, OptionSchema][] =>
  Object.entries((schema.properties ?? {}) as Record<string, OptionSchema>);

/** Short form of the type of an option. */
export function typeText(schema: OptionSchema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!;
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeText))].join(' | ');
  return [schema.type ?? 'anything'].flat().join(' | ');
}
