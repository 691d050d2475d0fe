import { z } from 'zod';
import { alternatives, childSchemas } from '../options/schema-keys.ts';
import { partKindOf } from './part.ts';
import type { PartReference } from './part.ts';
import type { Kind } from './kinds.ts';

/** Checks a part and gives it with all its options. */
export type CompletePart = (
  kind: Kind,
  part: PartReference,
  path: readonly PropertyKey[],
) => PartReference;

/** Checked options with every inner part completed too. */
export function completeParts(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly PropertyKey[],
  complete: CompletePart,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kind = partKindOf(schema);
  if (kind) return complete(kind, value as PartReference, path);
  const into = (child: unknown, key: PropertyKey) => {
    const schemas = alternativeOf(schema, value).flatMap((each) => childSchemas(each, key));
    return schemas.length === 0
      ? child
      : completeParts(schemas[0]!, child, [...path, key], complete);
  };
  if (Array.isArray(value)) return value.map(into);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, into(child, key)]));
}

/** Of a union, the alternative that the value belongs to. */
function alternativeOf(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  const options = alternatives(schema);
  if (options.length === 1) return [...options];
  return options.filter((option) => z.safeParse(option, value).success).slice(0, 1);
}
