import type { z } from 'zod';

/** What sits inside a schema that only wraps another one, or undefined. */
export function innerSchema(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const def = schema._zod.def as unknown as Record<string, unknown>;
  if (def.type === 'lazy') return (def.getter as () => z.core.$ZodType)();
  // `z.preprocess` is a pipe whose first half takes anything; the second one knows the keys.
  if (def.type === 'pipe') return (isTransform(def.in) ? def.out : def.in) as z.core.$ZodType;
  return def.innerType as z.core.$ZodType | undefined;
}

const isTransform = (schema: unknown): boolean =>
  (schema as z.core.$ZodType)._zod.def.type === 'transform';

/** The schema without defaults, optionality and transformations around it. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerSchema(schema);
  return inner ? unwrap(inner) : schema;
}

/** Schemas of the keys of an object schema, or undefined where it is none. */
export function shapeOf(
  schema: z.core.$ZodType,
): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const def = unwrap(schema)._zod.def;
  return def.type === 'object' ? (def as z.core.$ZodObjectDef).shape : undefined;
}

/** Alternatives of a union; of another schema, itself. */
export function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const def = unwrap(schema)._zod.def;
  return def.type === 'union' ? (def as z.core.$ZodUnionDef).options : [schema];
}

/** Schemas one step below a schema: of a key, an element or a value. */
export function childSchemas(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  return alternatives(schema).flatMap((option) => {
    const def = unwrap(option)._zod.def as unknown as Record<string, unknown>;
    if (def.type === 'union') return childSchemas(unwrap(option), key);
    const child =
      def.type === 'object'
        ? (def.shape as Record<PropertyKey, unknown>)[key]
        : def.type === 'array'
          ? def.element
          : def.type === 'tuple'
            ? (def.items as Record<PropertyKey, unknown>)[key]
            : def.valueType;
    return child ? [child as z.core.$ZodType] : [];
  });
}

/** Keys that a schema knows at a path; empty where it has no fixed keys there. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let schemas = [schema];
  for (const key of path) schemas = schemas.flatMap((each) => childSchemas(each, key));
  const shapes = schemas.flatMap((each) => alternatives(each)).map((each) => shapeOf(each) ?? {});
  return [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
}
