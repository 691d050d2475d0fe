import { describe, expect, test } from '@jest/globals';
import { configSchema } from './config-schema.ts';
import { registry } from '../testing/config-parts.ts';

describe('JSON Schema', () => {
  type Json = { [key: string]: Json } & Json[];
  const schema = configSchema(registry()) as Json;

  test('has the keys of a configuration and a definition for each kind', () => {
    expect(Object.keys(schema.properties!)).toContain('trainer');
    expect(schema.required).toEqual(['model', 'dataset', 'method']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties!.method).toEqual({ $ref: '#/$defs/method' });
    expect(schema.properties!.engine).toMatchObject({ $ref: '#/$defs/engine' });
  });

  test('a part is a name or a mapping with its own options, parts inside included', () => {
    const [names, shrink] = schema.$defs!.method!.anyOf!;
    expect(names).toEqual({ type: 'string', enum: ['shrink'] });
    expect(shrink).toMatchObject({
      type: 'object',
      description: 'Makes it smaller',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { const: 'shrink' },
        strength: { type: 'number', minimum: 0, default: 1e-4 },
        optimizer: { $ref: '#/$defs/optimizer', default: { name: 'adam' } },
      },
    });
  });

  test('every reference leads somewhere', () => {
    const references = JSON.stringify(schema).match(/"\$ref":"[^"]*"/g)!;
    expect(references.length).toBeGreaterThan(4);
    for (const reference of references) {
      const kind = /#\/\$defs\/(\w+)"/.exec(reference)![1]!;
      expect(schema.$defs![kind]).toBeDefined();
    }
  });
});
