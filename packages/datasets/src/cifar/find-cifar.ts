import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError } from '@pare/core';
import { missingFiles } from '../files/missing-files.ts';
import { isAbsence, readFailure } from '../files/read-failure.ts';
import type { CifarForm, CifarKind } from './cifar-kind.ts';

/** Where one version of the data set lies. */
export interface CifarPlace {
  readonly form: CifarForm;
  /** Archive: packed as it was published. */
  readonly packed: boolean;
  /** Path of the archive, or of the folder with the files. */
  readonly path: string;
}

/** What is looked for. */
export interface CifarSearch {
  readonly kind: CifarKind;
  readonly directory: string;
  /** Undefined: the version that is there. */
  readonly format: CifarForm['format'] | undefined;
  /** Said where nothing is found: how to get it. */
  readonly hint: string;
}

/**
 * Finds the version of a data set that lies in a directory, an unpacked one rather than its archive.
 * Throws DATASET_FILE_NOT_FOUND, and DATASET_AMBIGUOUS where both versions are there and `format` is not given.
 */
export async function findCifar(search: CifarSearch): Promise<CifarPlace> {
  const { kind, directory, format } = search;
  const forms = kind.forms.filter((form) => format === undefined || form.format === format);
  const found = await findForms(forms, directory);
  if (found.length > 1) {
    throw new PareError(
      'DATASET_AMBIGUOUS',
      `${kind.name}: both versions are there: ${found.map(({ path }) => path).join(' and ')}. Set "format" to "binary" or "python".`,
    );
  }
  if (found[0]) return found[0];
  throw await missing(search, forms);
}

/** Where each version lies that is in the directory. */
export async function findForms(
  forms: readonly CifarForm[],
  directory: string,
): Promise<CifarPlace[]> {
  const places = await Promise.all(forms.map((form) => findForm(form, directory)));
  return places.filter((place) => place !== undefined);
}

async function findForm(form: CifarForm, directory: string): Promise<CifarPlace | undefined> {
  const folder = join(directory, form.folder);
  if (await is(folder, 'folder')) return { form, packed: false, path: folder };
  for (const { name } of [...form.train, ...form.test]) {
    if (await is(join(directory, name), 'file')) return { form, packed: false, path: directory };
  }
  const archive = join(directory, form.archive.name);
  return (await is(archive, 'file')) ? { form, packed: true, path: archive } : undefined;
}

async function is(path: string, what: 'file' | 'folder'): Promise<boolean> {
  try {
    const found = await stat(path);
    return what === 'file' ? found.isFile() : found.isDirectory();
  } catch (error) {
    if (isAbsence(error)) return false;
    throw readFailure(path, error);
  }
}

function missing({ kind, directory, hint }: CifarSearch, forms: readonly CifarForm[]) {
  const names = forms.flatMap(({ archive, folder, train }) => [
    archive.name,
    `${folder}/`,
    train[0]!.name,
  ]);
  return missingFiles({ owner: kind.name, directory, names, hint });
}
