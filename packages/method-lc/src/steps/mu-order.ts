import type { LcStep } from './lc-steps.ts';

/** What to say where μ falls from one step to the next; undefined where it never does. */
export function fallingMuWarning(steps: readonly LcStep[]): string | undefined {
  const at = steps.findIndex(({ mu }, i) => i > 0 && mu < steps[i - 1]!.mu);
  if (at < 0) return undefined;
  const [before, after] = [steps[at - 1]!.mu, steps[at]!.mu].map((mu) => Number(mu.toPrecision(4)));
  return `lc: mu falls from ${before} to ${after} at step ${at + 1} of ${steps.length}; expected values that rise, as a smaller mu lets the weights go away from their compressed form again.`;
}
