import { inputSchema, kindSchemas } from '../registry/part-schemas.ts';
import { runConfigSchema } from './run-config.ts';
import type { JsonSchema } from '../registry/part-schemas.ts';
import type { Registry } from '../registry/registry.ts';

/** JSON Schema (draft 2020-12) of configuration files, with the options of every part of the plugins in use. */
export function configSchema(registry: Registry): JsonSchema {
  const $defs = kindSchemas(registry);
  const { engine } = $defs;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Pare run',
    ...inputSchema(runConfigSchema),
    $defs: { ...$defs, engine: { ...engine, anyOf: [...alternatives(engine), ...automatic] } },
  };
}

const alternatives = (schema: JsonSchema) => schema.anyOf as JsonSchema[];
const automatic: JsonSchema[] = [
  { const: 'auto', description: 'the fastest engine at hand' },
  {
    type: 'object',
    properties: { name: { const: 'auto' } },
    required: ['name'],
    additionalProperties: false,
  },
];
