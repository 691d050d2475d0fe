import { PareError } from '@pare/core';

/**
 * Percent of rows of `logits` [labels.length, classes] whose label is among the k largest; of equal logits the first
 * counts as larger. Throws where k, a label or the number of logits does not fit, and at NaN.
 */
export function topKAccuracy(
  logits: ArrayLike<number>,
  classes: number,
  labels: ArrayLike<number>,
  k: number,
): number {
  if (!Number.isInteger(k) || k < 1 || k > classes) {
    throw new PareError(
      'BAD_TOP_K',
      `top-k accuracy: k must be 1 to the number of classes, ${classes}; received ${k}.`,
    );
  }
  if (logits.length !== labels.length * classes) {
    throw new PareError(
      'BAD_LOGITS',
      `top-k accuracy: ${labels.length} labels of ${classes} classes need ${labels.length * classes} logits; received ${logits.length}.`,
    );
  }
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new PareError(
        'BAD_LABEL',
        `top-k accuracy: labels must be 0 to ${classes - 1}; label ${row} is ${label}.`,
      );
    }
    const own = Array.from({ length: classes }, (_, i) => logits[row * classes + i]!);
    // NaN is larger than nothing and smaller than nothing, so each label would count as a hit.
    const broken = own.findIndex(Number.isNaN);
    if (broken >= 0) {
      throw new PareError(
        'BAD_LOGITS',
        `top-k accuracy: logit ${broken} of row ${row} is NaN. The network has diverged.`,
      );
    }
    if (rankOf(label, own) < k) hits++;
  }
  return (100 * hits) / labels.length;
}

/** How many of the numbers are larger than the one at `index`, or equal and before it. */
function rankOf(index: number, numbers: readonly number[]): number {
  const own = numbers[index]!;
  return numbers.filter((other, i) => other > own || (other === own && i < index)).length;
}
