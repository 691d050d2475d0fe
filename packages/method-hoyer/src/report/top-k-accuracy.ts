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
    const own = Array.from({ length: classes }, (_, i) => logits[row * classes + i]!);
    checkRow(row, labels[row]!, own);
    if (rankOf(labels[row]!, own) < k) hits++;
  }
  return (100 * hits) / labels.length;
}

function checkRow(row: number, label: number, logits: readonly number[]): void {
  if (!Number.isInteger(label) || label < 0 || label >= logits.length) {
    throw new PareError(
      'BAD_LABEL',
      `top-k accuracy: labels must be 0 to ${logits.length - 1}; label ${row} is ${label}.`,
    );
  }
  // NaN is not smaller than anything, so every label would count as a hit.
  const broken = logits.findIndex(Number.isNaN);
  if (broken < 0) return;
  throw new PareError(
    'BAD_LOGITS',
    `top-k accuracy: logit ${broken} of row ${row} is NaN. The network has diverged.`,
  );
}

/** How many of the numbers are larger than the one at `index`, or equal and before it. */
function rankOf(index: number, numbers: readonly number[]): number {
  const own = numbers[index]!;
  return numbers.filter((other, i) => other > own || (other === own && i < index)).length;
}
