import type { Random } from '@pare/core';
import type { LcsSettings } from '../settings.ts';

/** What a step trains: the point of the line, and the share of weights that is kept there. */
export interface Sample {
  readonly alpha: number;
  readonly kept: number;
}

/** Uniform between two numbers. */
const between = (random: Random, [from, to]: readonly [number, number]) =>
  from + (to - from) * random.uniform();

/**
 * The sample of step `step` (from 0) with warm-up over W steps. A line takes an end with the end probability, a point between
 * otherwise, and keeps the share alpha, softened while compression sets in; a single network keeps all until then and a random
 * share afterwards; the baseline approaches its target.
 */
export function sampleKept(
  { variant, keep, endProbability }: LcsSettings,
  step: number,
  warmUpSteps: number,
  random: Random,
): Sample {
  const [from, to] = keep;
  // Share of the way that is still to go: 1 at the start, 0 once compression is fully on.
  const left = warmUpSteps > 0 ? Math.max(1 - step / warmUpSteps, 0) : 0;
  if (variant === 'lcs-p')
    return { alpha: 0, kept: step < warmUpSteps ? to : between(random, keep) };
  if (variant === 'target-topk') return { alpha: 0, kept: from + (1 - from) * left };
  const atEnd = random.uniform() < endProbability;
  const alpha = atEnd ? (random.uniform() < 0.5 ? from : to) : between(random, keep);
  return { alpha, kept: alpha + (1 - alpha) * left };
}
