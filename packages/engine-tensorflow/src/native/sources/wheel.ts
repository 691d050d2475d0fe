import { join } from 'node:path';

import { PareError } from '@pare/core';

import { entryKey, readEntry } from '../cache.ts';
import { formatBytes } from '../format-bytes.ts';
import type { InstallContext } from '../install-context.ts';
import { installEntry } from '../install-entry.ts';
import { inspectLibraryDirectory } from '../library-layout.ts';
import type { NativeLibrary } from '../native-library.ts';
import { pinnedWheelFor, type PinnedWheel } from '../pinned-wheel.ts';
import { pipVersion } from '../python.ts';
import { realToolchain, type Toolchain } from '../toolchain.ts';
import { unpackWheel } from '../unpack-wheel.ts';
import { discardWheel, fetchWheel } from '../wheel.ts';
import type { LibrarySource } from './library-source.ts';

const name = 'wheel';

/** The pinned wheel of the Python package index, with the binding compiled against it. */
export const wheelSource: LibrarySource = createWheelSource(pinnedWheelFor());

/** A source for one wheel; undefined stands for a platform that has none. */
export function createWheelSource(
  wheel: PinnedWheel | undefined,
  toolchain: Toolchain = realToolchain,
): LibrarySource {
  return {
    name,
    async inspect(context) {
      try {
        const { version, bytes, unpackedBytes } = requireWheel(wheel);
        const entry = readEntry(context.cacheDirectory, entryKey(version));
        if (entry !== undefined) {
          const { bindingPath: path, bytes: used } = entry;
          const detail = `installed in ${context.cacheDirectory}`;
          return { name, usable: true, detail, version, path, bytes: used };
        }
        const pip = await pipVersion(context);
        const compiler = await toolchain.compilerVersion(context);
        const detail =
          `would fetch ${formatBytes(bytes)} and take ${formatBytes(unpackedBytes)} ` +
          `in ${context.cacheDirectory}, with ${pip} and ${compiler}`;
        return { name, usable: true, detail, version, bytes: unpackedBytes };
      } catch (error) {
        return { name, usable: false, detail: (error as Error).message };
      }
    },
    provide: (context) => installWheel(context, requireWheel(wheel), toolchain),
  };
}

function requireWheel(wheel: PinnedWheel | undefined): PinnedWheel {
  if (wheel !== undefined) return wheel;
  throw new PareError(
    'SOURCE_UNUSABLE',
    `No TensorFlow wheel is pinned for ${process.platform}-${process.arch} (linux-x64 only). ` +
      'Install tensorflow with pip yourself, or set PARE_TENSORFLOW_DIR.',
  );
}

function installWheel(
  context: InstallContext,
  wheel: PinnedWheel,
  toolchain: Toolchain,
): Promise<NativeLibrary> {
  const { env, signal, report } = context;
  const binding = 'tfjs_binding.node';
  return installEntry(context, {
    key: entryKey(wheel.version),
    neededBytes: wheel.bytes + wheel.unpackedBytes,
    async build(work) {
      // Asked before the download: without a compiler there is nothing to download for.
      await toolchain.compilerVersion(context);
      const file = await fetchWheel(context, wheel);
      const bytes = wheel.unpackedBytes;
      report({ type: 'step', message: 'Unpacking the library', bytes });
      await unpackWheel(file, work);
      const inspection = inspectLibraryDirectory(work);
      if (inspection.layout === undefined) {
        const missing = inspection.missing.join('; ');
        throw new PareError('UNPACK_FAILED', `The wheel ${wheel.file} lacks ${missing}.`);
      }
      const { layout } = inspection;
      const output = join(work, binding);
      await toolchain.compileBinding(context, { layout, runtimePath: '$ORIGIN/lib', output });
      report({ type: 'step', message: 'Running a test graph' });
      const { version } = await toolchain.proveBinding(output, { env, signal });
      await discardWheel(context, wheel, file);
      const libraries = layout.libraries.map((library) => ({
        path: library.path.slice(work.length + 1),
        bytes: library.bytes,
      }));
      return { source: name, version, binding, libraries };
    },
  });
}
