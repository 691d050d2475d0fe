import type { DataCheck } from '@pare/core';

/** What is there of a data set, in a word. */
export type DataState = 'found' | 'missing' | 'incomplete' | 'damaged';

/** Sums up the states of the files. */
export function dataState({ files }: DataCheck): DataState {
  const states = new Set(files.map(({ state }) => state));
  if (states.has('damaged')) return 'damaged';
  if (!states.has('missing')) return 'found';
  return states.size > 1 ? 'incomplete' : 'missing';
}

/** Bytes of what is there, as far as they are known. */
export const bytesThere = ({ files }: DataCheck): number =>
  files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
