import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { entryKey } from '../cache.ts';
import { compileBinding } from '../compile-binding.ts';
import type { InstallContext } from '../install-context.ts';
import { installEntry } from '../install-entry.ts';
import type { LibraryLayout } from '../library-layout.ts';
import type { NativeLibrary, SourceName } from '../native-library.ts';
import { proveBinding } from '../proof.ts';

/** Cache key of a binding for a library elsewhere on this machine; another file gives another key. */
export function linkedEntryKey({ libraries }: LibraryLayout): string {
  const digest = createHash('sha256');
  for (const { path } of libraries) {
    const { size, mtimeMs } = statSync(path);
    digest.update(JSON.stringify([realpathSync(path), size, mtimeMs]));
  }
  return entryKey(`linked-${digest.digest('hex').slice(0, 12)}`);
}

/** Builds a binding against a library that stays where it is. */
export function installLinkedLibrary(
  context: InstallContext,
  source: SourceName,
  layout: LibraryLayout,
): Promise<NativeLibrary> {
  const { env, signal, report } = context;
  const binding = 'tfjs_binding.node';
  return installEntry(context, {
    key: linkedEntryKey(layout),
    neededBytes: 10_000_000,
    async build(work) {
      const output = join(work, binding);
      await compileBinding(context, { layout, runtimePath: layout.libraryDirectory, output });
      report({ type: 'step', message: 'Running a test graph' });
      const { version } = await proveBinding(output, { env, signal });
      return { source, version, binding, libraries: layout.libraries };
    },
  });
}
