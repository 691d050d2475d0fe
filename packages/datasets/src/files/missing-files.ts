import { stat } from 'node:fs/promises';
import { PareError } from '@pare/core';

/** Files that a data set needs and that are not there. */
export interface MissingFiles {
  /** The data set, for the message. */
  readonly owner: string;
  readonly directory: string;
  /** Any of these would do. */
  readonly names: readonly string[];
  /** How to get them. */
  readonly hint: string;
}

/** DATASET_FILE_NOT_FOUND for a person: whether the folder is there at all, what was looked for, and how to get it. */
export async function missingFiles({
  owner,
  directory,
  names,
  hint,
}: MissingFiles): Promise<PareError> {
  const fact = await whatIsWrong(directory, names);
  return new PareError('DATASET_FILE_NOT_FOUND', `${owner}: ${fact}. ${hint}`);
}

async function whatIsWrong(directory: string, names: readonly string[]): Promise<string> {
  const found = await stat(directory).catch(() => undefined);
  if (!found) return `there is no folder ${directory}`;
  if (!found.isDirectory()) return `${directory} is a file; expected the folder that it lies in`;
  if (names.length === 1) return `${directory} has no file ${names[0]}`;
  return `none of these is in ${directory}: ${names.join(', ')}`;
}
