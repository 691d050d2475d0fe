import { PareError } from '@pare/core';

import type { InstallContext } from '../install-context.ts';
import { inspectLibraryDirectory, libraryNames, type LibraryLayout } from '../library-layout.ts';
import { findPythonTensorFlow } from '../python.ts';
import { installLinkedLibrary } from './linked-library.ts';
import type { LibrarySource } from './library-source.ts';

const name = 'python';

/** A `tensorflow` that the local python3 can import; it is only looked up, not imported. */
export const pythonSource: LibrarySource = {
  name,
  async inspect(context) {
    try {
      const { layout, path } = await locate(context);
      const bytes = layout.libraries.reduce((sum, library) => sum + library.bytes, 0);
      return { name, usable: true, detail: `${libraryNames(layout)} in ${path}`, path, bytes };
    } catch (error) {
      return { name, usable: false, detail: (error as Error).message };
    }
  },
  async provide(context) {
    return installLinkedLibrary(context, name, (await locate(context)).layout);
  },
};

async function locate(context: InstallContext): Promise<{ layout: LibraryLayout; path: string }> {
  const path = await findPythonTensorFlow(context);
  if (path === undefined) {
    throw new PareError('SOURCE_UNUSABLE', 'The local python3 has no tensorflow package.');
  }
  const inspection = inspectLibraryDirectory(path);
  if (inspection.layout !== undefined) return { layout: inspection.layout, path };
  throw new PareError(
    'SOURCE_UNUSABLE',
    `The tensorflow of python3 in ${path} cannot be linked: missing ${inspection.missing.join('; ')} (it needs version 2.12 or later).`,
  );
}
