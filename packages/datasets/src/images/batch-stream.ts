import { PareError } from '@pare/core';
import { convertPixels } from './convert-pixels.ts';
import { inOrder, shuffledOrder } from './shuffled-order.ts';
import type { Batch, BatchOptions } from '@pare/core';
import type { PixelTables } from './convert-pixels.ts';
import type { ImageSplit } from './splits.ts';

/**
 * Batches of one pass, converted when they are asked for; each has arrays of its own, so their buffers may be
 * transferred. `tables` come from pixelTables(). Throws DATASET_BAD_BATCH at once for options that make no sense.
 */
export function batchStream(
  split: ImageSplit,
  tables: PixelTables,
  options: BatchOptions,
): AsyncIterable<Batch> {
  checkOptions(options);
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous, the work is not
    async *[Symbol.asyncIterator]() {
      const { batchSize, seed, start = 0, dropLast = false } = options;
      const count = split.rows.length;
      const order = seed === undefined ? inOrder(count) : shuffledOrder(count, seed);
      for (let from = start * batchSize; from < count; from += batchSize) {
        const size = Math.min(batchSize, count - from);
        if (dropLast && size < batchSize) return;
        yield makeBatch(split, tables, order.subarray(from, from + size));
      }
    },
  };
}

function makeBatch({ source, rows }: ImageSplit, tables: PixelTables, picked: Int32Array): Batch {
  const { images, labels } = source;
  const pixels = images.length / labels.length;
  const x = new Float32Array(picked.length * pixels);
  const y = new Int32Array(picked.length);
  for (let i = 0; i < picked.length; i++) {
    const row = rows[picked[i]!]!;
    const image = images.subarray(row * pixels, (row + 1) * pixels);
    convertPixels(image, tables, x.subarray(i * pixels, (i + 1) * pixels));
    y[i] = labels[row]!;
  }
  return { x, y, size: picked.length };
}

function checkOptions({ batchSize, seed, start = 0 }: BatchOptions): void {
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
}
