import { readCurrentEntry, readEntry } from './cache.ts';
import type { InstallContext } from './install-context.ts';
import type { NativeLibrary } from './native-library.ts';
import { directoryVariable, namedLayout } from './sources/directory.ts';
import { installedBindingSource } from './sources/installed-binding.ts';
import { linkedEntryKey } from './sources/linked-library.ts';
import { findCompiledBindings } from './tfjs-package.ts';

/** The library that would be loaded now, without installing anything; undefined when there is none. */
export async function findReadyLibrary(
  context: InstallContext,
): Promise<NativeLibrary | undefined> {
  if (findCompiledBindings(context.projectDirectory).length > 0) {
    const { usable } = await installedBindingSource.inspect(context);
    if (usable) return installedBindingSource.provide(context);
  }
  return findCachedLibrary(context.cacheDirectory, context.env);
}

/**
 * The cached library: the one for PARE_TENSORFLOW_DIR when that is set, else the one last installed.
 * Throws TENSORFLOW_DIR_INVALID when the variable names junk.
 */
export function findCachedLibrary(
  cacheDirectory: string,
  env: NodeJS.ProcessEnv,
): NativeLibrary | undefined {
  const named = env[directoryVariable];
  if (!named) return readCurrentEntry(cacheDirectory);
  return readEntry(cacheDirectory, linkedEntryKey(namedLayout(named)));
}
