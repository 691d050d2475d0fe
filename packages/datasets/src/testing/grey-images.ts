import type { BatchOptions, Dataset, Split } from '@pare/core';

/** Grey value (0 to 255) of the first pixel, and class number, of every image of a pass; pixels are not normalised. */
export async function greyImages(
  dataset: Dataset,
  split: Split,
  options: Partial<BatchOptions> = {},
): Promise<[grey: number, label: number][]> {
  const found: [grey: number, label: number][] = [];
  const pixels = dataset.info.imageShape.reduce((a, b) => a * b, 1);
  for await (const { x, y, size } of dataset.batches(split, { batchSize: 4, ...options })) {
    for (let i = 0; i < size; i++) found.push([Math.round(255 * x[i * pixels]!), y[i]!]);
  }
  return found;
}
