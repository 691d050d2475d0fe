import { SeededRandom, shuffledIndices } from '@pare/core';
import { checkHoldOut } from '../images/check-hold-out.ts';
import { selectImages } from './select-images.ts';
import type { EncodedSource } from '../encoded/encoded-source.ts';

/**
 * Holds out `count` images that a seed chooses; both parts keep the order of the source.
 * Throws DATASET_VALIDATION_SIZE where nothing would be left to train on.
 */
export function holdOut(
  source: EncodedSource,
  count: number,
  seed: number,
): { readonly train: EncodedSource; readonly validation: EncodedSource } {
  checkHoldOut(count, source.count);
  const order = shuffledIndices(source.count, new SeededRandom(seed));
  const kept = source.count - count;
  const shared = closedOnce(source);
  return {
    train: selectImages(shared, order.subarray(0, kept).sort()),
    validation: selectImages(shared, order.subarray(kept).sort()),
  };
}

/** Both parts close the source that they share. */
function closedOnce(source: EncodedSource): EncodedSource {
  let closing: Promise<void> | undefined;
  return {
    count: source.count,
    nameOf: (index) => source.nameOf(index),
    read: (index) => source.read(index),
    close: source.close && (() => (closing ??= source.close!())),
  };
}
