import type { Schedule } from '@pare/core';

/**
 * Learning-rate factor of the authors: (e + 1)/warm-up in the first epochs, then half a cosine from 1 towards 0 over the others.
 * Constant within an epoch e (from 0).
 */
export const lcsSchedule =
  (warmUpEpochs: number): Schedule =>
  ({ epoch, epochs }) =>
    epoch < warmUpEpochs
      ? (epoch + 1) / warmUpEpochs
      : 0.5 * (1 + Math.cos((Math.PI * (epoch - warmUpEpochs)) / (epochs - warmUpEpochs)));
