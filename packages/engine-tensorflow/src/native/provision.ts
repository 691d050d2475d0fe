import { PareError } from '@pare/core';

import { createInstallContext, type InstallContext } from './install-context.ts';
import type { NativeLibrary, ProvisionEvent, ProvisionOptions } from './native-library.ts';
import { findReadyLibrary } from './ready-library.ts';
import { directorySource } from './sources/directory.ts';
import { installedBindingSource } from './sources/installed-binding.ts';
import type { LibrarySource } from './sources/library-source.ts';
import { pythonSource } from './sources/python.ts';
import { tfjsInstallerSource } from './sources/tfjs-installer.ts';
import { wheelSource } from './sources/wheel.ts';

/** All sources, in the order in which they are tried. */
export const librarySources: readonly LibrarySource[] = [
  installedBindingSource,
  directorySource,
  pythonSource,
  wheelSource,
  tfjsInstallerSource,
];

/** Failures that the next source must not hide: something is wrong that the user has to know. */
const finalCodes = new Set(['ABORTED', 'CHECKSUM_MISMATCH', 'DISK_FULL', 'TENSORFLOW_DIR_INVALID']);

/**
 * Makes TensorFlow usable: takes what is there, else installs from the first source that works.
 * May fetch 274 MB and take 0.9 GB of disk; `onEvent` tells each step and its size. Never called by
 * an import. Throws ENGINE_INSTALL_FAILED with the reason of every source.
 */
export async function provisionTensorFlow(
  options: ProvisionOptions = {},
  onEvent: (event: ProvisionEvent) => void = () => {},
): Promise<NativeLibrary> {
  return provisionFrom(librarySources, options, onEvent);
}

/** `provisionTensorFlow` over a given list of sources. */
export async function provisionFrom(
  sources: readonly LibrarySource[],
  options: ProvisionOptions,
  onEvent: (event: ProvisionEvent) => void,
): Promise<NativeLibrary> {
  const context = createInstallContext(options, onEvent);
  const wanted = sources.filter(({ name }) => (options.source ?? name) === name);
  if (!context.force) {
    const ready = await findReadyLibrary(context);
    if (ready !== undefined && wanted.some(({ name }) => name === ready.source)) {
      onEvent({ type: 'done', library: ready, alreadyThere: true });
      return ready;
    }
  }
  const reasons: string[] = [];
  for (const source of wanted) {
    const outcome = await trySource(source, context);
    if (typeof outcome !== 'string') {
      onEvent({ type: 'done', library: outcome, alreadyThere: false });
      return outcome;
    }
    onEvent({ type: 'skipped', source: source.name, reason: outcome });
    reasons.push(`- ${source.name}: ${outcome}`);
  }
  throw new PareError(
    'ENGINE_INSTALL_FAILED',
    `No source of TensorFlow worked:\n${reasons.join('\n')}\n` +
      'Mend one of them and run `pare engine install` again, or train with the tfjs engine, which needs nothing native.',
  );
}

/** A library, or why there is none. */
async function trySource(
  source: LibrarySource,
  context: InstallContext,
): Promise<NativeLibrary | string> {
  try {
    return await source.provide(context);
  } catch (error) {
    if (!(error instanceof PareError) || finalCodes.has(error.code)) {
      throw error;
    }
    return error.message;
  }
}
