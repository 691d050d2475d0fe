import { knownPackage } from '../registry/known-packages.ts';
import { loadPlugin } from '../registry/load-plugin.ts';
import { runConfigSchema } from './run-config.ts';
import { PareError } from '../errors/pare-error.ts';
import { parseOptions } from '../options/parse-options.ts';
import type { Registry } from '../registry/registry.ts';
import type { RawConfig } from './read-config.ts';

/** Where plugins are looked for. */
export interface PluginSources {
  /** Folder of the configuration file: relative paths start here, and packages are resolved from here first. */
  readonly directory: string;
  /** Folders that packages are resolved from next. */
  readonly fallbacks?: readonly string[];
  /** What the configuration is called in errors; default "configuration". */
  readonly source?: string;
}

const headSchema = runConfigSchema.pick({ plugins: true }).loose();

/**
 * Loads the plugins that a configuration lists, and the first-party packages of the parts that it names, into the
 * registry; packages that are in use already are left as they are. Throws what `loadPlugin` and `Registry.use` throw.
 */
export async function loadConfigPlugins(
  registry: Registry,
  raw: RawConfig,
  { directory, fallbacks = [], source: owner = 'configuration' }: PluginSources,
): Promise<void> {
  const { plugins } = parseOptions(headSchema, raw, { owner, code: 'CONFIG_ERROR' });
  const from = [...new Set([directory, ...fallbacks])];
  const inUse = new Set(registry.plugins.map((plugin) => plugin.name));
  for (const plugin of plugins.filter((name) => !inUse.has(name))) {
    registry.use(await loadPlugin(plugin, from));
  }
  for (const kind of ['engine', 'model', 'dataset', 'method'] as const) {
    const name = partName(raw[kind]);
    const owner =
      name === undefined || registry.has(kind, name) ? undefined : knownPackage(kind, name);
    if (owner) registry.use(await loadNeeded(owner, `${kind} "${name}"`, from));
  }
}

async function loadNeeded(owner: string, part: string, from: readonly string[]) {
  try {
    return await loadPlugin(owner, from);
  } catch (error) {
    if (!(error instanceof PareError) || error.code !== 'PLUGIN_NOT_INSTALLED') throw error;
    const message = `The ${part} needs the package "${owner}", which is not installed. Run: npm install ${owner}`;
    throw new PareError('PLUGIN_NOT_INSTALLED', message, { cause: error });
  }
}

function partName(value: unknown): string | undefined {
  const name =
    typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : value;
  return typeof name === 'string' ? name : undefined;
}
