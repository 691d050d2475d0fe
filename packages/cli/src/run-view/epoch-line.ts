import { formatNumber, formatPercent, formatSeconds } from '../text/quantity.ts';
import type { RunEvent } from '@pare/core';

/** The event of an epoch. */
export type EpochEvent = Extract<RunEvent, { type: 'epoch' }>;

/**
 * One line for an epoch: `epoch 12/40  loss 0.412  test accuracy 98.70 %  reg 23.1  4.1 s`. Loss is that of training; accuracy
 * that of the evaluation where there was one, named after its split, or else that of training.
 */
export function epochLine({ epoch, epochs, train, evaluation, seconds }: EpochEvent): string {
  const { loss, accuracy, ...others } = train;
  const parts = [`epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`];
  if (loss !== undefined) parts.push(`loss ${loss.toPrecision(3)}`);
  const shown = evaluation?.accuracy ?? accuracy;
  const split = evaluation?.split ?? 'train';
  if (shown !== undefined) parts.push(`${split} accuracy ${formatPercent(shown)}`);
  for (const [name, value] of Object.entries(others)) parts.push(`${name} ${formatNumber(value)}`);
  return [...parts, formatSeconds(seconds)].join('  ');
}
