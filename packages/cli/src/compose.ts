import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Registry,
  applyOverrides,
  loadConfigPlugins,
  readConfig,
  resolveConfig,
  services,
  silentLogger,
} from '@pare/core';
import { overridesOf } from './overrides.ts';
import type { RunConfig } from '@pare/core';
import type { CommandContext, ConfigOptions } from './command.ts';
import type { Host } from './host.ts';

/** A configuration with the parts that it names. */
export interface Composition {
  readonly registry: Registry;
  readonly config: RunConfig;
  /** Folder of the configuration file. */
  readonly directory: string;
}

/** Folder of this package: plugins that were installed with the command itself are found from here. */
export const ownFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** A registry with the first-party models, data sets and engines. What parts have to say goes to the output. */
export async function createRegistry({ output }: CommandContext): Promise<Registry> {
  const plugins = await Promise.all([
    import('@pare/models'),
    import('@pare/datasets'),
    import('@pare/engine-tfjs'),
    import('@pare/engine-tensorflow'),
  ]);
  const logger = {
    info: (message: string) => output.remark(message),
    warn: (message: string) => output.remark(`warning: ${message}`),
  };
  const registry = new Registry().bind(services.logger, () =>
    output.json ? silentLogger : logger,
  );
  for (const plugin of plugins) registry.use(plugin.default);
  return registry;
}

/**
 * Reads a configuration file, applies the options of the command line, loads the plugins that it needs and fills in every
 * default. Plugins are looked for from the folder of the file, then from the working directory, then from this package.
 */
export async function composeConfig(
  context: CommandContext,
  path: string,
  options: ConfigOptions,
): Promise<Composition> {
  const file = resolve(context.host.cwd, path);
  const raw = applyOverrides(await readConfig(file), overridesOf(options));
  return compose(context, raw, { directory: dirname(file), source: path });
}

/** Loads the plugins that a configuration needs and fills in every default. */
export async function compose(
  context: CommandContext,
  raw: Record<string, unknown>,
  { directory, source }: { readonly directory: string; readonly source: string },
): Promise<Composition> {
  const registry = await createRegistry(context);
  const fallbacks = fallbackFolders(context.host);
  await loadConfigPlugins(registry, raw, { directory, fallbacks, source });
  const config = resolveConfig(registry, raw, { source, directory });
  return { registry, config, directory };
}

/** Folders that plugins are looked for in after that of the configuration. */
export const fallbackFolders = ({ cwd }: Host): string[] => [cwd, ownFolder];
