import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { LibraryFile } from './native-library.ts';

/** Where a TensorFlow folder keeps what the binding is built from. */
export interface LibraryLayout {
  /** Folder that holds the shared libraries. */
  readonly libraryDirectory: string;
  /** The shared libraries to link, the C API first. */
  readonly libraries: readonly LibraryFile[];
  readonly includeDirectory: string;
}

/** A layout, or what the folder lacks to be one. */
export type LayoutInspection =
  | { readonly layout: LibraryLayout }
  | { readonly layout?: undefined; readonly missing: readonly string[] };

/** Python wheels name the library that has the C API `_cc`; the C distribution does not. */
const interfaceNames: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['libtensorflow_cc.so.2', 'libtensorflow.so.2', 'libtensorflow.so'],
  darwin: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib', 'libtensorflow.dylib'],
};
const frameworkNames: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  darwin: ['libtensorflow_framework.2.dylib', 'libtensorflow_framework.dylib'],
};
const header = join('tensorflow', 'c', 'eager', 'c_api.h');

/**
 * Looks for TensorFlow in a folder: a Python `tensorflow` package or unpacked wheel (libraries and
 * include/ side by side), or a libtensorflow C distribution (lib/ and include/).
 */
export function inspectLibraryDirectory(directory: string): LayoutInspection {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    return { missing: [`the folder ${directory} itself`] };
  }
  const missing: string[] = [];
  const places = [directory, join(directory, 'lib'), join(directory, 'tensorflow')];
  const find = (names: readonly string[] | undefined): string | undefined => {
    const candidates = places.flatMap((place) => (names ?? []).map((name) => join(place, name)));
    const found = candidates.find((path) => existsSync(path));
    if (found === undefined) missing.push((names ?? ['a TensorFlow library']).join(' or '));
    return found;
  };
  const api = find(interfaceNames[process.platform]);
  const framework = find(frameworkNames[process.platform]);
  const includeDirectory = [directory, join(directory, 'tensorflow')]
    .map((place) => join(place, 'include'))
    .find((path) => existsSync(join(path, header)));
  if (includeDirectory === undefined) missing.push(join('include', header));
  if (api === undefined || framework === undefined || includeDirectory === undefined) {
    return { missing };
  }
  const libraries = [describe(api), describe(framework)];
  return { layout: { libraryDirectory: dirname(api), libraries, includeDirectory } };
}

/** The names of the linked libraries, for a status line. */
export function libraryNames({ libraries }: LibraryLayout): string {
  return libraries.map(({ path }) => basename(path)).join(' and ');
}

function describe(path: string): LibraryFile {
  return { path, bytes: statSync(path).size };
}
