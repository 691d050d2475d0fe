import type { Batch, Dataset, Split } from '@pare/core';

/** A split in one batch, in order. */
export async function wholeSplit(dataset: Dataset, split: Split): Promise<Pick<Batch, 'x' | 'y'>> {
  const batchSize = dataset.info.sizes[split]!;
  for await (const { x, y } of dataset.batches(split, { batchSize })) return { x, y };
  throw new Error('no batch');
}
