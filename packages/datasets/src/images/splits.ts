import { checkHoldOut } from './check-hold-out.ts';
import { inOrder, shuffledOrder } from './shuffled-order.ts';
import type { Split } from '@pare/core';
import type { ImageOptions } from './image-options.ts';
import type { LabeledImages } from './labeled-images.ts';

/** A split: which images of a source belong to it, in order. */
export interface ImageSplit {
  readonly source: LabeledImages;
  readonly rows: Int32Array;
}

/**
 * Holds out validation images of train, then limits each split to its first images.
 * Throws DATASET_VALIDATION_SIZE where nothing would be left to train on.
 */
export function makeSplits(
  train: LabeledImages,
  test: LabeledImages,
  {
    validation,
    validationSeed,
    limit,
  }: Pick<ImageOptions, 'validation' | 'validationSeed' | 'limit'>,
): Map<Split, ImageSplit> {
  const count = train.labels.length;
  checkHoldOut(validation, count);
  const order =
    validationSeed === undefined ? inOrder(count) : shuffledOrder(count, validationSeed);
  const kept = count - validation;
  const splits = new Map<Split, ImageSplit>();
  splits.set('train', {
    source: train,
    rows: order.subarray(0, kept).sort().subarray(0, limit.train),
  });
  if (validation > 0) {
    const rows = order.subarray(kept).sort().subarray(0, limit.validation);
    splits.set('validation', { source: train, rows });
  }
  splits.set('test', { source: test, rows: inOrder(test.labels.length).subarray(0, limit.test) });
  return splits;
}
