import { PareError } from '@pare/core';
import { CIFAR_PIXELS, checkBatch } from './cifar-batch.ts';
import type { CifarBatch } from './cifar-batch.ts';
import type { CifarLabels } from './cifar-kind.ts';

/**
 * Reads a file of the binary version: records of one byte for each of `kinds`, then 3072 of pixels. `key` says which labels
 * are taken. Throws CIFAR_RECORD_SIZE, DATASET_LABEL_RANGE, DATASET_EMPTY; `file` names the file in messages.
 */
export function parseCifarBinary(
  bytes: Uint8Array,
  kinds: readonly CifarLabels[],
  key: string,
  file: string,
): CifarBatch {
  const stride = kinds.length + CIFAR_PIXELS;
  const rest = bytes.length % stride;
  if (rest !== 0) {
    throw new PareError(
      'CIFAR_RECORD_SIZE',
      `${file}: must consist of records of ${stride} bytes; ${bytes.length} bytes are ${Math.floor(bytes.length / stride)} records and ${rest} bytes. The file is cut off or of another data set; get it again.`,
    );
  }
  const at = kinds.findIndex((kind) => kind.key === key);
  const labels = Int32Array.from(
    { length: bytes.length / stride },
    (_, i) => bytes[i * stride + at]!,
  );
  const batch = { bytes, first: kinds.length, stride, labels };
  checkBatch(batch, kinds[at]!.classes, file);
  return batch;
}
