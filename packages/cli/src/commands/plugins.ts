import { PareError, describeParts, kindNames, kinds } from '@pare/core';
import { createFullRegistry } from '../installed-plugins.ts';
import { optionsOf, typeText } from '../text/option-type.ts';
import { formatTable } from '../text/table.ts';
import type { Kind, PartDescription } from '@pare/core';
import type { Command } from '../command.ts';

/** Options of `pare plugins`. */
export interface PluginsOptions {
  readonly kind?: string;
  readonly options?: boolean;
}

/** `pare plugins`: every part at hand with its owner. */
export const pluginsCommand: Command<
  [config: string | undefined, options: PluginsOptions]
> = async (context, config, { kind, options = false }) => {
  if (kind !== undefined && !kindNames.includes(kind as Kind)) {
    throw new PareError(
      'USAGE',
      `--kind must be one of ${kindNames.join(', ')}; received "${kind}".`,
    );
  }
  const registry = await createFullRegistry(context, config);
  const parts = describeParts(registry, kind as Kind | undefined);
  for (const each of kindNames) {
    const members = parts.filter((part) => part.kind === each);
    if (members.length > 0) context.output.print(`${kindText(each, members, options)}\n\n`);
  }
  return { fields: { parts } };
};

function kindText(kind: Kind, parts: readonly PartDescription[], options: boolean): string {
  const heading = `${kind}: ${kinds[kind]}`;
  const row = ({ name, owner, description = '' }: PartDescription) => [name, description, owner];
  if (!options) return `${heading}\n${formatTable(['name', 'what', 'package'], parts.map(row))}`;
  const texts = parts.map((part) => `\n${row(part).join('  ')}\n${optionLines(part)}`);
  return `${heading}\n${texts.join('\n')}`;
}

function optionLines({ options }: PartDescription): string {
  const properties = optionsOf(options);
  if (properties.length === 0) return '  (no options)';
  const lines = properties.map(([name, schema]) => {
    const preset = schema.default === undefined ? '' : ` = ${JSON.stringify(schema.default)}`;
    const what = schema.description ? `  ${schema.description}` : '';
    return `  ${name}: ${typeText(schema)}${preset}${what}`;
  });
  return lines.join('\n');
}
