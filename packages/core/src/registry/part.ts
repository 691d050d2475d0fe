import { z } from 'zod';
import { innerSchema } from '../options/schema-keys.ts';
import type { Kind } from './kinds.ts';

/** A part by name with its options: `{ name: 'sgd', momentum: 0.9 }`. */
export interface PartReference {
  name: string;
  [option: string]: unknown;
}

/**
 * Schema of an option that holds another part: a name, or a mapping with `name` and the part's options. The registry
 * checks and completes the inner options too; make the part with `await deps.run.create(kind, options.<key>)`.
 */
export function part(kind: Kind): z.ZodType<PartReference, string | PartReference> {
  return z
    .union([z.string().min(1), z.looseObject({ name: z.string().min(1) })])
    .transform((value): PartReference => (typeof value === 'string' ? { name: value } : value))
    .meta({ part: kind });
}

/** Kind of the part that a schema stands for, also inside defaults and the like, or undefined. */
export function partKindOf(schema: z.core.$ZodType): Kind | undefined {
  const kind = z.globalRegistry.get(schema)?.part as Kind | undefined;
  if (kind) return kind;
  const inner = innerSchema(schema);
  return inner && partKindOf(inner);
}
