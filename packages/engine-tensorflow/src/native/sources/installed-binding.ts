import { statSync } from 'node:fs';

import { PareError } from '@pare/core';

import type { InstallContext } from '../install-context.ts';
import type { NativeLibrary } from '../native-library.ts';
import { proveBinding } from '../proof.ts';
import { findCompiledBindings, findTfjsPackages } from '../tfjs-package.ts';
import type { LibrarySource } from './library-source.ts';

const name = 'installed-binding';

/** A tfjs-node of the user's project (or beside this package) whose compiled binding works. */
export const installedBindingSource: LibrarySource = {
  name,
  async inspect(context) {
    try {
      const { version, bindingPath: path, bytes } = await firstWorking(context);
      return { name, usable: true, detail: `${path} works`, version, path, bytes };
    } catch (error) {
      return { name, usable: false, detail: (error as Error).message };
    }
  },
  provide: firstWorking,
};

async function firstWorking(context: InstallContext): Promise<NativeLibrary> {
  const { env, signal, projectDirectory } = context;
  const reasons: string[] = [];
  for (const bindingPath of findCompiledBindings(projectDirectory)) {
    try {
      const { version } = await proveBinding(bindingPath, { env, signal });
      const bytes = statSync(bindingPath).size;
      return { source: name, version, bindingPath, libraries: [], bytes };
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new PareError('SOURCE_UNUSABLE', reasons.join('\n') || describeAbsence(projectDirectory));
}

function describeAbsence(projectDirectory: string): string {
  const packages = findTfjsPackages(projectDirectory);
  if (packages.length === 0) return 'No @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node here.';
  const names = packages.map(({ directory }) => directory).join(', ');
  return `tfjs-node is installed without a compiled binding: ${names}.`;
}
