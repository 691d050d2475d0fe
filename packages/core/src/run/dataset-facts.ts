import { createHash } from 'node:crypto';
import type { DatasetInfo } from '../contracts/dataset.ts';

/** Facts about a data set for JSON: a mean image is told by its size and SHA-256. */
export interface DatasetFacts extends Omit<DatasetInfo, 'normalization'> {
  readonly normalization: {
    /** One number for each channel; of a mean image how many numbers it has, and the SHA-256 of them as little-endian float64. */
    readonly mean: readonly number[] | { readonly count: number; readonly sha256: string };
    readonly deviation: readonly number[];
  };
}

/** What a run keeps of its data set and results say of theirs: the facts without a mean image, which is long. */
export function datasetFacts(info: DatasetInfo): DatasetFacts {
  const { mean, deviation } = info.normalization;
  const count = mean.length;
  if (count <= info.imageShape[2]) return info;
  const bytes = Buffer.alloc(8 * count);
  mean.forEach((value, i) => bytes.writeDoubleLE(value, 8 * i));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...info, normalization: { mean: { count, sha256 }, deviation } };
}
