import { join, resolve } from 'node:path';
import { PareError } from '@pare/core';
import { dataDirectory } from '../files/data-directory.ts';
import { fetchFiles } from '../files/fetch-files.ts';
import { checkCifar } from './check-cifar.ts';
import { findForms } from './find-cifar.ts';
import type { DataCheckOptions, DataFetchOptions, DataFiles, FileCheck } from '@pare/core';
import type { DataManifest } from '../files/data-manifest.ts';
import type { CifarKind } from './cifar-kind.ts';
import type { CifarPlace } from './find-cifar.ts';

/** Files of a data set: those of the version that is there, else the archive that the manifest names. */
export function cifarData(kind: CifarKind, manifest: DataManifest): DataFiles {
  const look = async (options: DataCheckOptions) => {
    const directory = resolve(options.directory ?? dataDirectory(kind.name));
    const places = await findForms(kind.forms, directory);
    const checks = await Promise.all(places.map((place) => checkCifar(place, options)));
    const files = places.length > 0 ? checks.flat() : manifest.files.map(missing);
    return { directory, places, files };
  };
  const check: DataFiles['check'] = async (options = {}) => {
    const { directory, files } = await look(options);
    return { directory, files };
  };
  const fetch: DataFiles['fetch'] = async (options = {}) => {
    const { directory, places, files } = await look({ ...options, full: true });
    if (files.every(isThere)) return alreadyThere(directory, files, options);
    const [place] = places;
    if (place && !place.packed) throw damagedFolder(place, files);
    // A version that is there is mended: with both, one would have to be chosen.
    return fetchFiles(place ? { ...manifest, files: [place.form.archive] } : manifest, options);
  };
  return { manifest, check, fetch };
}

const missing = ({ name }: { readonly name: string }): FileCheck => ({ name, state: 'missing' });

const isThere = ({ state }: FileCheck): boolean => state === 'ok' || state === 'unverified';

function alreadyThere(
  directory: string,
  files: readonly FileCheck[],
  { onEvent }: DataFetchOptions,
) {
  for (const { name } of files) {
    onEvent?.({ type: 'notice', message: `${name}: is there already` });
  }
  return { directory, files };
}

/** A folder may hold a person's own files, so it is not replaced. */
function damagedFolder({ path }: CifarPlace, files: readonly FileCheck[]): PareError {
  const { name, state, detail } = files.find((file) => !isThere(file))!;
  return new PareError(
    'DATASET_UNPACKED_DAMAGED',
    `${join(path, '..', name)}: ${detail ?? `is ${state}`}. Move the files away, then run the same command again.`,
  );
}
