import { PareError } from '@pare/core';

/** Throws DATASET_LABEL_RANGE for the first label that is no number from `from` to `to`; `advice` ends the message. */
export function checkLabels(
  labels: ArrayLike<number>,
  [from, to]: readonly [from: number, to: number],
  file: string,
  advice = 'Is it a file of another data set?',
): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label >= from && label <= to) continue;
    throw new PareError(
      'DATASET_LABEL_RANGE',
      `${file}: labels must be from ${from} to ${to}; label ${i} (counted from 0) is ${label}. ${advice}`,
    );
  }
}
