import { resolve } from 'node:path';
import { parseOptions } from '../options/parse-options.ts';
import { isPath } from '../registry/load-plugin.ts';
import { runConfigSchema } from './run-config.ts';
import type { Registry } from '../registry/registry.ts';
import type { PartReference } from '../registry/part.ts';
import type { RunConfig } from './run-config.ts';
import type { StartReference } from './start-reference.ts';

/** Where a configuration comes from. */
export interface ConfigSource {
  /** Name of the file, for messages; default `configuration`. */
  readonly source?: string;
  /** Folder that relative paths of plugins and of `start` begin at; they become absolute. Default: they stay. */
  readonly directory?: string;
  /** Name of the run where none is given; default `<model>-<method>`. */
  readonly name?: string;
}

/**
 * Checks a configuration against the plugins in use and fills in every default, also those of the parts. Resolving the
 * result again gives the same. Throws `CONFIG_ERROR`, `UNKNOWN_NAME` and `OPTION_ERROR`.
 */
export function resolveConfig(
  registry: Registry,
  raw: unknown,
  { source = 'configuration', directory, name: preset }: ConfigSource = {},
): RunConfig {
  const config = parseOptions(runConfigSchema, raw, { owner: source, code: 'CONFIG_ERROR' });
  const complete = (kind: 'engine' | 'model' | 'dataset' | 'method'): PartReference => {
    const reference = config[kind];
    if (isAutomatic(registry, kind, reference)) return { name: 'auto' };
    return registry.complete(kind, reference, [kind]);
  };
  const name = config.name ?? preset ?? `${config.model.name}-${config.method.name}`;
  return {
    name,
    seed: config.seed,
    plugins: config.plugins.map((plugin) =>
      directory !== undefined && isPath(plugin) && !plugin.startsWith('file:')
        ? resolve(directory, plugin)
        : plugin,
    ),
    engine: complete('engine'),
    model: complete('model'),
    dataset: complete('dataset'),
    method: complete('method'),
    ...(config.start && { start: startFrom(config.start, directory) }),
    output: config.output ?? `runs/${name}`,
    trainer: config.trainer,
  };
}

function startFrom(start: StartReference, directory: string | undefined): StartReference {
  return directory === undefined ? start : { ...start, path: resolve(directory, start.path) };
}

/** `auto` is for who opens the run to choose, unless a plugin brings an engine of that name. */
function isAutomatic(
  registry: Registry,
  kind: string,
  { name, ...options }: PartReference,
): boolean {
  if (kind !== 'engine' || name !== 'auto' || registry.has('engine', 'auto')) return false;
  return Object.keys(options).length === 0;
}
