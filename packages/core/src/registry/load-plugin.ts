import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import { checkPlugin } from './check-plugin.ts';
import { knownPackages } from './known-packages.ts';
import type { Plugin } from './define-plugin.ts';

/** Whether a plugin is named by a path (`./x`, `/x`, `file:`) and not by a package name. */
export function isPath(name: string): boolean {
  return /^(\.{1,2}([\\/]|$)|file:)/.test(name) || isAbsolute(name);
}

/**
 * Loads a plugin from the user's project: a package name, or the path of a file or a package folder, relative to
 * `fromDirectory`. Several directories are tried in order. Throws `PLUGIN_NOT_INSTALLED`, `PLUGIN_LOAD` and
 * `PLUGIN_BAD_EXPORT`.
 */
export async function loadPlugin(
  name: string,
  fromDirectory: string | readonly string[],
): Promise<Plugin> {
  const directories = [fromDirectory].flat();
  const file = isPath(name) ? fileOfPath(name, directories[0]!) : fileOfPackage(name, directories);
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw loadError(name, file, error);
  }
  return checkPlugin(loaded.default, `"${name}"`);
}

function fileOfPath(name: string, directory: string): string {
  const path = name.startsWith('file:') ? fileURLToPath(name) : resolve(directory, name);
  if (!existsSync(path)) {
    throw new PareError(
      'PLUGIN_NOT_INSTALLED',
      `The plugin "${name}" does not exist: there is no file or folder ${path}.`,
    );
  }
  return statSync(path).isDirectory() ? fileOfFolder(name, path) : path;
}

/** Entry of a package folder. Node resolves `exports` only by package name, so the folder asks for itself. */
function fileOfFolder(name: string, folder: string): string {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) {
    const index = join(folder, 'index.js');
    if (existsSync(index)) return index;
    throw new PareError(
      'PLUGIN_BAD_EXPORT',
      `"${name}" is a folder without package.json or index.js: ${folder}.`,
    );
  }
  try {
    const parts = JSON.parse(readFileSync(manifest, 'utf8')) as {
      name?: string;
      exports?: unknown;
    };
    const load = createRequire(manifest);
    return load.resolve(parts.name && parts.exports !== undefined ? parts.name : folder);
  } catch (error) {
    throw loadError(name, folder, error);
  }
}

function fileOfPackage(name: string, directories: readonly string[]): string {
  for (const directory of directories) {
    try {
      return createRequire(join(directory, 'package.json')).resolve(name);
    } catch (error) {
      const installed = installedFolder(name, directory);
      if (installed !== undefined) throw loadError(name, installed, error);
      if (!isMissing(error)) throw loadError(name, directory, error);
    }
  }
  const meant = knownPackages().includes(name) ? '' : didYouMean(name, knownPackages());
  throw new PareError(
    'PLUGIN_NOT_INSTALLED',
    `The plugin "${name}" is not installed (looked from ${directories.join(' and ')}).${meant} Run: npm install ${name}`,
  );
}

/** Folder of a package that is installed, though it may have no entry that can be loaded. */
function installedFolder(name: string, directory: string): string | undefined {
  const folder = join(directory, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(directory);
  return parent === directory ? undefined : installedFolder(name, parent);
}

const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code;

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'MODULE_NOT_FOUND' || codeOf(error) === 'ERR_MODULE_NOT_FOUND';
}

function loadError(name: string, file: string, error: unknown): PareError {
  const reason = error instanceof Error ? error.message : String(error);
  const hint = isMissing(error)
    ? ' Something that it imports, or its own entry file, is missing: install its dependencies, build it, and see that its package.json has "exports" with a "default" condition.'
    : codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
      ? ' Its package.json needs "exports" with a "default" condition.'
      : '';
  return new PareError(
    'PLUGIN_LOAD',
    `The plugin "${name}" could not be loaded from ${file}: ${reason}.${hint}`,
    { cause: error },
  );
}
