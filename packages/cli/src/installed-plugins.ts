import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { PareError, knownPackages, loadConfigPlugins, loadPlugin, readConfig } from '@pare/core';
import { createRegistry, fallbackFolders } from './compose.ts';
import type { Registry } from '@pare/core';
import type { CommandContext } from './command.ts';

/** Keyword in package.json by which a plugin package is known. */
const keyword = '@pare-plugin';

interface Manifest {
  readonly keywords?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * A registry with every plugin at hand: the first-party ones that are installed, those that package.json of the working
 * directory lists, and those of a configuration.
 */
export async function createFullRegistry(
  context: CommandContext,
  config?: string,
): Promise<Registry> {
  const { host, output } = context;
  const registry = await createRegistry(context);
  if (config !== undefined) {
    const file = resolve(host.cwd, config);
    const sources = { directory: dirname(file), fallbacks: fallbackFolders(host) };
    await loadConfigPlugins(registry, await readConfig(file), sources);
  }
  const inUse = new Set(registry.plugins.map(({ name }) => name));
  for (const name of new Set([...knownPackages(), ...listedPlugins(host.cwd)])) {
    if (inUse.has(name)) continue;
    try {
      registry.use(await loadPlugin(name, fallbackFolders(host)));
    } catch (error) {
      if (!(error instanceof PareError)) throw error;
      if (error.code !== 'PLUGIN_NOT_INSTALLED') output.remark(`left out: ${error.message}`);
    }
  }
  return registry;
}

/** Dependencies of the package in a folder that say that they are plugins. */
function listedPlugins(folder: string): string[] {
  const own = readManifest(join(folder, 'package.json'));
  const names = Object.keys({ ...own?.dependencies, ...own?.devDependencies });
  const find = createRequire(join(folder, 'package.json'));
  return names.filter((name) => manifestOf(find, name)?.keywords?.includes(keyword));
}

function manifestOf(find: NodeJS.Require, name: string): Manifest | undefined {
  for (const modules of find.resolve.paths(name) ?? []) {
    const manifest = readManifest(join(modules, name, 'package.json'));
    if (manifest) return manifest;
  }
  return undefined;
}

function readManifest(path: string): Manifest | undefined {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}
