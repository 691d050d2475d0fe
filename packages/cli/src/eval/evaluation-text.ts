import { formatCount, formatNumber, formatPercent } from '../text/quantity.ts';
import type { Evaluation } from '@pare/core';

/** `test accuracy 97.87 % (9,787 of 10,000), loss 0.08736`. */
export function evaluationText({ split, accuracy, correct, count, loss }: Evaluation): string {
  return `${split} accuracy ${formatPercent(accuracy)} (${formatCount(correct)} of ${formatCount(count)}), loss ${formatNumber(loss)}`;
}
