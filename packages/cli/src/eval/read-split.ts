import { PareError } from '@pare/core';
import type { Split } from '@pare/core';

const splits: readonly Split[] = ['train', 'validation', 'test'];

/** The split that `--split` names, if it is given. Throws USAGE. */
export function readSplit(split: string | undefined): Split | undefined {
  if (split === undefined || splits.includes(split as Split)) return split as Split | undefined;
  throw new PareError('USAGE', `--split must be one of ${splits.join(', ')}; received "${split}".`);
}
