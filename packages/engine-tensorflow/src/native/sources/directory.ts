import { resolve } from 'node:path';

import { PareError } from '@pare/core';

import { inspectLibraryDirectory, libraryNames, type LibraryLayout } from '../library-layout.ts';
import type { SourceStatus } from '../native-library.ts';
import { installLinkedLibrary } from './linked-library.ts';
import type { LibrarySource } from './library-source.ts';

const name = 'directory';

/** Environment variable that names a folder with TensorFlow. */
export const directoryVariable = 'PARE_TENSORFLOW_DIR';

/** The folder named by PARE_TENSORFLOW_DIR. */
export const directorySource: LibrarySource = {
  name,
  inspect: ({ env }) => Promise.resolve(inspectNamed(env[directoryVariable])),
  provide(context) {
    return installLinkedLibrary(context, name, namedLayout(context.env[directoryVariable]));
  },
};

function inspectNamed(path: string | undefined): SourceStatus {
  try {
    const layout = namedLayout(path);
    const bytes = layout.libraries.reduce((sum, library) => sum + library.bytes, 0);
    return { name, usable: true, detail: `${libraryNames(layout)} in ${path}`, path, bytes };
  } catch (error) {
    return { name, usable: false, detail: (error as Error).message, path };
  }
}

/** The layout of the folder that the user named. Throws TENSORFLOW_DIR_INVALID with what is missing. */
export function namedLayout(path: string | undefined): LibraryLayout {
  if (!path) throw new PareError('SOURCE_UNUSABLE', `${directoryVariable} is not set.`);
  const inspection = inspectLibraryDirectory(resolve(path));
  if (inspection.layout !== undefined) return inspection.layout;
  const missing = inspection.missing.join('; ');
  throw new PareError(
    'TENSORFLOW_DIR_INVALID',
    `${directoryVariable} is ${path}, which is no TensorFlow folder: missing ${missing}. ` +
      'Expected the `tensorflow` folder of a Python package, or an unpacked libtensorflow ' +
      `(lib/ and include/). Correct ${directoryVariable} or unset it.`,
  );
}
