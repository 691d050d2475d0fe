import { PareError } from '@pare/core';

/** DATASET_CHECKSUM: a file is not the one that was published; `difference` says in what, as a clause. */
export const notPublished = (path: string, difference: string): PareError =>
  new PareError(
    'DATASET_CHECKSUM',
    `${path}: ${difference}. Get it again, or set "verify" to false to use other data in this format.`,
  );
