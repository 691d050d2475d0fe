import { PareError } from '@pare/core';
import { checkMemory } from './memory-limit.ts';
import { inOrder, shuffledOrder } from './shuffled-order.ts';
import type { Batch, BatchOptions } from '@pare/core';
import type { ImageWriter, ImageWriters } from './image-writer.ts';
import type { ImageSplit } from './splits.ts';

/**
 * Batches of one pass, converted when they are asked for; each has arrays of its own, so their buffers may be
 * transferred. Throws DATASET_BAD_BATCH at once for options that make no sense.
 */
export function batchStream(
  split: ImageSplit,
  writers: ImageWriters,
  options: BatchOptions,
): AsyncIterable<Batch> {
  const { images, labels } = split.source;
  checkBatchOptions(options, { images: split.rows.length, pixels: images.length / labels.length });
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous, the work is not
    async *[Symbol.asyncIterator]() {
      const { batchSize, seed, start = 0, dropLast = false } = options;
      const count = split.rows.length;
      const order = seed === undefined ? inOrder(count) : shuffledOrder(count, seed);
      const write = seed === undefined ? writers.plain : writers.seeded(seed);
      for (let from = start * batchSize; from < count; from += batchSize) {
        const size = Math.min(batchSize, count - from);
        if (dropLast && size < batchSize) return;
        yield makeBatch(split, write, order.subarray(from, from + size), from);
      }
    },
  };
}

/** `first` is the position of the first picked image in the pass. */
function makeBatch(
  { source, rows }: ImageSplit,
  write: ImageWriter,
  picked: Int32Array,
  first: number,
): Batch {
  const { images, labels } = source;
  const pixels = images.length / labels.length;
  const x = new Float32Array(picked.length * pixels);
  const y = new Int32Array(picked.length);
  for (let i = 0; i < picked.length; i++) {
    const row = rows[picked[i]!]!;
    const image = images.subarray(row * pixels, (row + 1) * pixels);
    write(image, x.subarray(i * pixels, (i + 1) * pixels), first + i);
    y[i] = labels[row]!;
  }
  return { x, y, size: picked.length };
}

/** How much there is to make batches of. */
export interface BatchContent {
  readonly images: number;
  /** Numbers of one image. */
  readonly pixels: number;
}

/** Throws DATASET_BAD_BATCH for options of a pass that make no sense, DATASET_TOO_LARGE for batches that memory would not hold. */
export function checkBatchOptions(
  { batchSize, seed, start = 0 }: BatchOptions,
  { images, pixels }: BatchContent,
): void {
  const wrong = (what: string, rule: string, value: number) =>
    new PareError('DATASET_BAD_BATCH', `batches: ${what} must be ${rule}; received ${value}.`);
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw wrong('batchSize', 'a whole number from 1', batchSize);
  }
  if (!Number.isSafeInteger(start) || start < 0) {
    throw wrong('start', 'a whole number from 0', start);
  }
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw wrong('seed', 'a whole number', seed);
  const most = Math.min(batchSize, images);
  checkMemory(
    `batches: ${most} images of ${pixels} numbers`,
    4 * most * pixels,
    'Make batches smaller.',
  );
}
