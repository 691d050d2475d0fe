import { configSchema } from '@pare/core';
import { createFullRegistry } from '../installed-plugins.ts';
import type { Command } from '../command.ts';

/** `pare schema`: JSON Schema of configuration files, with the options of every installed part. */
export const schemaCommand: Command<[config: string | undefined]> = async (context, config) => {
  const schema = configSchema(await createFullRegistry(context, config));
  context.output.print(JSON.stringify(schema, null, 2));
  return { fields: { schema } };
};
