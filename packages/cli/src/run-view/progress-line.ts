import { bar } from '../text/bar.ts';
import { formatPercent, formatSeconds } from '../text/quantity.ts';

/** Where an epoch stands. */
export interface EpochProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in the epoch. */
  readonly step: number;
  readonly steps: number;
  /** Seconds since the epoch (or what is left of it after a resume) began. */
  readonly seconds: number;
  /** Steps done in those seconds. */
  readonly timed: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** The line that is drawn over itself while an epoch runs, at most as wide as the terminal. */
export function progressLine(progress: EpochProgress, columns: number): string {
  const { epoch, epochs, step, steps, seconds, timed, metrics } = progress;
  const parts = [`epoch ${epoch}/${epochs} ${bar(steps > 0 ? step / steps : 0)}`];
  const rate = seconds > 0 ? timed / seconds : 0;
  if (rate > 0) parts.push(`${rate.toFixed(rate < 10 ? 1 : 0)} steps/s`);
  if (metrics.loss !== undefined) parts.push(`loss ${metrics.loss.toPrecision(3)}`);
  if (metrics.accuracy !== undefined) parts.push(`accuracy ${formatPercent(metrics.accuracy)}`);
  if (rate > 0) {
    const left = steps - step + (epochs - epoch) * steps;
    parts.push(`${formatSeconds(left / rate)} left`);
  }
  return parts.join('  ').slice(0, Math.max(20, columns - 3));
}
