import { readFile } from 'node:fs/promises';
import { readFailure } from '../files/read-failure.ts';
import type { EncodedSource } from '../encoded/encoded-source.ts';

/** Image files with class numbers. */
export interface LabeledFiles {
  readonly count: number;
  pathOf(index: number): string;
  labelOf(index: number): number;
}

/** Image files as a source; read() throws DATASET_UNREADABLE. */
export const fileSource = (files: LabeledFiles): EncodedSource => ({
  count: files.count,
  nameOf: (index) => files.pathOf(index),
  read: async (index) => ({
    bytes: await readImageFile(files.pathOf(index)),
    label: files.labelOf(index),
  }),
});

async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
}
