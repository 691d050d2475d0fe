import { PareError } from '@pare/core';

/** Throws DATASET_VALIDATION_SIZE where nothing would be left to train on. */
export function checkHoldOut(validation: number, trainingImages: number): void {
  if (validation < trainingImages) return;
  throw new PareError(
    'DATASET_VALIDATION_SIZE',
    `validation: must be smaller than the ${trainingImages} training images; received ${validation}. Hold out fewer.`,
  );
}
