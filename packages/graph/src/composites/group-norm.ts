import { GraphError } from '../errors/graph-error.ts';
import { numericDim } from '../ir/shape.ts';
import { add } from '../ops/add.ts';
import { broadcastTo } from '../ops/broadcast-to.ts';
import { mul } from '../ops/mul.ts';
import { replaceGradient } from '../ops/replace-gradient.ts';
import { reshape } from '../ops/reshape.ts';
import { rsqrt } from '../ops/rsqrt.ts';
import { square } from '../ops/square.ts';
import { sub } from '../ops/sub.ts';
import { mean } from './mean.ts';
import type { Value } from '../ir/value.ts';

/**
 * Normalises images x [n, h, w, c] with statistics [n, 1, 1, c] that `pool` makes of those of the single channels. Engines run one
 * kernel an op, so what counts is how often the image is read and written: the result is x times a scale plus a shift, and the
 * gradient of the variance is taken from E[x²] - E[x]², which needs no second image; its value is not, which would be inexact.
 */
function standardize(
  x: Value,
  gamma: Value,
  beta: Value,
  epsilon: number,
  pool: (statistics: Value) => Value,
): Value {
  const pooled = (image: Value) => pool(mean(image, [1, 2], { keepDims: true }));
  const centre = pooled(x);
  const variance = replaceGradient(
    pooled(square(sub(x, centre))),
    sub(pooled(square(x)), square(centre)),
  );
  const scale = mul(rsqrt(add(variance, epsilon)), gamma);
  return add(mul(x, scale), sub(beta, mul(centre, scale)));
}

/** What `groupNorm` computes, in ops that engines know and that have gradients. */
export function normalizeGroups(
  x: Value,
  gamma: Value,
  beta: Value,
  options: { groups: number; epsilon?: number },
): Value {
  const channels = numericDim('groupNorm: channels', x.shape[3]);
  const { groups, epsilon = 1e-5 } = options;
  if (channels % groups !== 0) {
    throw new GraphError(
      'BAD_GROUPS',
      `groupNorm: groups must divide the ${channels} channels; received ${groups}.`,
    );
  }
  const n = x.shape[0]!;
  const grouped = [n, groups, channels / groups];
  // Groups have equal sizes, so the mean of a group is the mean of its channels' means.
  const pool = (statistics: Value) => {
    const mixed = mean(reshape(statistics, grouped), [2], { keepDims: true });
    return reshape(broadcastTo(mixed, grouped), [n, 1, 1, channels]);
  };
  const alone = groups === channels;
  return standardize(x, gamma, beta, epsilon, alone ? (statistics) => statistics : pool);
}

/** What `instanceNorm` computes, in ops that engines know and that have gradients. */
export function normalizeInstances(
  x: Value,
  gamma: Value,
  beta: Value,
  options: { epsilon?: number } = {},
): Value {
  return standardize(x, gamma, beta, options.epsilon ?? 1e-5, (statistics) => statistics);
}
