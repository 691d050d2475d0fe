import semver from 'semver';
import { PareError } from '../errors/pare-error.ts';
import { didYouMean } from '../text/near-misses.ts';
import { formatReceived } from '../options/issue-sentence.ts';
import { shapeOf } from '../options/schema-keys.ts';
import { pluginBrand } from './define-plugin.ts';
import { kindNames } from './kinds.ts';
import type { Plugin, Provision } from './define-plugin.ts';

/** Checks the form of a plugin: mark, name, kinds and provisions. Throws `PLUGIN_BAD_EXPORT`. */
export function checkPlugin(value: unknown, source: string): Plugin {
  const plugin = value as Plugin;
  const problem = brandProblem(value) ?? headProblem(plugin) ?? providesProblem(plugin);
  if (problem) throw new PareError('PLUGIN_BAD_EXPORT', `${source} ${problem}`);
  return plugin;
}

function brandProblem(value: unknown): string | undefined {
  const brand = (value as { $type?: unknown } | undefined | null)?.$type;
  if (brand === pluginBrand) return undefined;
  return typeof brand === 'string' && brand.startsWith('@pare/plugin@')
    ? `is a plugin of another form: ${formatReceived(brand)}; this version reads "${pluginBrand}".`
    : 'has no plugin as its default export (expected definePlugin({...})).';
}

function headProblem({ name, provides }: Partial<Plugin>): string | undefined {
  if (typeof name !== 'string' || name === '') return 'has a plugin without a name.';
  return typeof provides === 'object' && provides !== null
    ? undefined
    : 'has a plugin without "provides".';
}

function providesProblem({ provides }: Plugin): string | undefined {
  for (const [kind, parts] of Object.entries(provides)) {
    if (!kindNames.includes(kind as never)) {
      return `provides the unknown kind "${kind}".${didYouMean(kind, kindNames)} Known: ${kindNames.join(', ')}.`;
    }
    for (const [part, provision] of Object.entries(parts ?? {})) {
      const problem = provisionProblem(provision as Provision);
      if (problem) return `provides ${kind} "${part}" ${problem}`;
    }
  }
  return undefined;
}

function provisionProblem(provision: Provision | undefined): string | undefined {
  if (typeof provision?.create !== 'function') return 'without "create" (expected provide({...})).';
  const schema = provision.options as Partial<Provision['options']> | undefined;
  if (typeof schema?.safeParse !== 'function' || !schema._zod) {
    return 'without a zod 4 schema as "options" (use z.strictObject({}) where there are none).';
  }
  const shape = shapeOf(provision.options);
  return shape && 'name' in shape
    ? 'with an option "name"; that key holds the name of the part.'
    : undefined;
}

/** Checks that a plugin works with a version of core. Throws `PLUGIN_VERSION`. */
export function checkVersion(plugin: Plugin, version: string): void {
  if (!semver.validRange(plugin.core)) {
    throw new PareError(
      'PLUGIN_VERSION',
      `${plugin.name} has no valid range of @pare/core versions: received ${formatReceived(plugin.core)}, expected a range such as "^${version}".`,
    );
  }
  if (semver.satisfies(version, plugin.core, { includePrerelease: true })) return;
  const older = semver.gtr(version, plugin.core);
  const cure = older ? `npm install ${plugin.name}@latest` : 'npm install @pare/core@latest';
  throw new PareError(
    'PLUGIN_VERSION',
    `${plugin.name} needs core ${plugin.core}; core ${version} is running. Run: ${cure}`,
  );
}
