import { PareError } from '@pare/core';

/** 2 GiB: more is a slip of the pen. */
const mostBytes = 2 ** 31;

/** Throws DATASET_TOO_LARGE for images (or what is made for them) that memory would not hold; `advice` ends the message. */
export function checkMemory(
  what: string,
  bytes: number,
  advice = 'Make fewer or smaller images.',
): void {
  if (bytes <= mostBytes) return;
  throw new PareError(
    'DATASET_TOO_LARGE',
    `${what} would take ${bytes} bytes of memory; expected at most ${mostBytes}. ${advice}`,
  );
}
