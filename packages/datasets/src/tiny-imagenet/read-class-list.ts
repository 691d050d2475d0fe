import { PareError } from '@pare/core';
import { byCodePoint } from '../folder/code-point-order.ts';

/** The classes that wnids.txt lists, one a line, sorted: the place is the class number. Throws DATASET_BAD_CLASS_LIST. */
export function readClassList(text: string, path: string): string[] {
  const wnids = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const twice = wnids.find((wnid, i) => wnids.indexOf(wnid) !== i);
  if (wnids.length > 1 && twice === undefined) return wnids.sort(byCodePoint);
  const found = twice === undefined ? `${wnids.length} classes` : `"${twice}" more than once`;
  throw new PareError(
    'DATASET_BAD_CLASS_LIST',
    `${path}: expected the names of at least two classes, one a line, each once; found ${found}. Unpack the archive again.`,
  );
}
