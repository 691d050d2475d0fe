import { join, relative } from 'node:path';

import { PareError } from '@pare/core';

import { entryKey, readEntry } from '../cache.ts';
import type { InstallContext } from '../install-context.ts';
import { installEntry } from '../install-entry.ts';
import type { NativeLibrary } from '../native-library.ts';
import { proveBinding } from '../proof.ts';
import { lastLines, runCommand } from '../run-command.ts';
import { compiledBindingOf, tfjsNodeVersion } from '../tfjs-package.ts';
import type { LibrarySource } from './library-source.ts';

const name = 'tfjs-installer';
const packageSpec = `@tensorflow/tfjs-node@${tfjsNodeVersion}`;
const key = entryKey(`tfjs-${tfjsNodeVersion}`);
const npmAdvice = 'npm comes with Node.js; check that both are on PATH.';
/** What the package, its dependencies and libtensorflow 2.9.1 take. */
const installedBytes = 900_000_000;

/** tfjs-node's own installer, run in the cache: TensorFlow 2.9.1, from the host that it names. */
export const tfjsInstallerSource: LibrarySource = {
  name,
  async inspect(context) {
    const entry = readEntry(context.cacheDirectory, key);
    if (entry !== undefined) {
      const { version, bindingPath: path, bytes } = entry;
      return { name, usable: true, detail: 'installed', version, path, bytes };
    }
    const { env, signal } = context;
    try {
      await runCommand('npm', ['--version'], { env, signal, advice: npmAdvice });
    } catch (error) {
      return { name, usable: false, detail: (error as Error).message };
    }
    // Whether its host can be reached is known only by asking it, which a look must not do.
    const detail = `would run the installer of ${packageSpec} (TensorFlow 2.9.1; not checked by checksum)`;
    return { name, usable: true, detail, bytes: installedBytes };
  },
  provide: install,
};

function install(context: InstallContext): Promise<NativeLibrary> {
  const { env, signal, report } = context;
  return installEntry(context, {
    key,
    neededBytes: installedBytes,
    async build(work) {
      const message = `Running the installer of ${packageSpec}`;
      report({ type: 'step', message, bytes: 200_000_000 });
      const args = ['install', packageSpec, '--prefix', work, '--no-audit', '--no-fund'];
      const options = { env, signal, cwd: work, advice: npmAdvice };
      const result = await runCommand('npm', args, options);
      if (result.code !== 0) {
        throw new PareError(
          'DOWNLOAD_FAILED',
          `The installer of ${packageSpec} failed: ${lastLines(result, 6)}`,
        );
      }
      const output = compiledBindingOf(join(work, 'node_modules', '@tensorflow', 'tfjs-node'));
      report({ type: 'step', message: 'Running a test graph' });
      const { version } = await proveBinding(output, { env, signal });
      return { source: name, version, binding: relative(work, output), libraries: [] };
    },
  });
}
