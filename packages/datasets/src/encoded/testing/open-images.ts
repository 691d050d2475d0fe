import { z } from 'zod';
import { encodedDataset } from '../encoded-dataset.ts';
import { encodedOptions } from '../encoded-options.ts';
import { transformsOption } from '../transform-options.ts';
import type { Batch, Dataset, Logger } from '@pare/core';
import type { EncodedSource } from '../encoded-source.ts';

const schema = z.strictObject(encodedOptions);

/** What a test sets of a data set; the rest has its default. */
export interface OpenImages {
  readonly options?: z.input<typeof schema>;
  readonly transforms?: z.input<typeof transformsOption>;
  readonly side?: number;
  readonly log?: Logger;
}

/** A data set of images of `side` x `side` pixels (default 4) whose numbers are the bytes. */
export const openImages = (
  train: EncodedSource,
  { options = {}, transforms = {}, side = 4, log }: OpenImages = {},
): Dataset =>
  encodedDataset({
    name: 'set',
    classes: 100,
    sources: { train, test: train },
    shape: [side, side, 3],
    transforms: transformsOption.parse(transforms),
    normalization: { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] },
    options: schema.parse(options),
    source: 'made by a test',
    log,
  });

/** All batches of a pass. */
export async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

/** Labels of each batch. */
export const labelsOf = (batches: readonly Batch[]): number[][] => batches.map(({ y }) => [...y]);
