import type { BatchOptions, Dataset, Split } from '@pare/core';

/** All numbers and labels of a pass. */
export async function collectPass(
  dataset: Dataset,
  split: Split,
  options: BatchOptions,
): Promise<{ readonly x: number[]; readonly y: number[] }> {
  const [x, y]: [number[], number[]] = [[], []];
  for await (const batch of dataset.batches(split, options)) {
    if (batch.size !== batch.y.length) throw new Error(`size ${batch.size}: ${batch.y.length}`);
    for (const value of batch.x) x.push(value);
    y.push(...batch.y);
  }
  return { x, y };
}
