import { createHash } from 'node:crypto';
import { PareError } from '@pare/core';

/** SHA-256 in hexadecimal. */
export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Throws DATASET_CHECKSUM where the SHA-256 is not the expected one; `advice` says what to do. */
export function verifyChecksum(
  file: string,
  actual: string,
  expected: string,
  advice: string,
): void {
  if (actual === expected) return;
  throw new PareError(
    'DATASET_CHECKSUM',
    `${file}: its content must have SHA-256 ${expected}; it has ${actual}. ${advice}`,
  );
}
