import { z } from 'zod';
import { partKindOf } from './part.ts';
import { kindNames, kinds } from './kinds.ts';
import type { RegisteredPart, Registry } from './registry.ts';
import type { Kind } from './kinds.ts';

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = Record<string, unknown>;

/** What `pare plugins` shows of a part. */
export interface PartDescription {
  readonly kind: Kind;
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  /** JSON Schema of the options; refers to `#/$defs/<kind>` where an option holds another part. */
  readonly options: JsonSchema;
}

/** Every part with its owner and the schema of its options, by kind. */
export function describeParts(registry: Registry, kind?: Kind): PartDescription[] {
  return registry.parts(kind).map((part) => ({
    kind: part.kind,
    name: part.name,
    owner: part.owner,
    description: part.provision.description,
    options: optionsSchema(part),
  }));
}

/** JSON Schema of what a person may write for a schema; a part inside becomes a reference to its kind. */
export function inputSchema(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const kind = partKindOf(zodSchema);
      if (kind) replaceByReference(jsonSchema, kind, zodSchema);
    },
  }) as JsonSchema;
  return json;
}

/** JSON Schema of the options of a part. */
export function optionsSchema(part: Pick<RegisteredPart, 'provision'>): JsonSchema {
  return inputSchema(part.provision.options);
}

/** `$defs` with one entry a kind: the names of its parts, or a mapping with a name and that part's options. */
export function kindSchemas(registry: Registry): Record<Kind, JsonSchema> {
  return Object.fromEntries(kindNames.map((kind) => [kind, kindSchema(registry, kind)])) as never;
}

function kindSchema(registry: Registry, kind: Kind): JsonSchema {
  const parts = registry.parts(kind);
  const names = { type: 'string', enum: parts.map((part) => part.name) };
  return { description: kinds[kind], anyOf: [names, ...parts.map(referenceSchema)] };
}

/** Schema of a mapping that names this part and holds its options. */
function referenceSchema(part: RegisteredPart): JsonSchema {
  const { properties = {}, required = [], ...rest } = optionsSchema(part);
  return {
    ...rest,
    ...(part.provision.description ? { description: part.provision.description } : {}),
    properties: { name: { const: part.name }, ...(properties as object) },
    required: ['name', ...(required as string[])],
  };
}

function replaceByReference(json: JsonSchema, kind: Kind, schema: z.core.$ZodType): void {
  const { description } = json;
  for (const key of Object.keys(json)) delete json[key];
  json.$ref = `#/$defs/${kind}`;
  // zod leaves out defaults of what it takes for a one-way transformation.
  if (schema._zod.def.type === 'default') {
    json.default = (schema._zod.def as z.core.$ZodDefaultDef).defaultValue;
  }
  if (description !== undefined) json.description = description;
}
