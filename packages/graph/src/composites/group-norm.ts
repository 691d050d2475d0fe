import { GraphError } from '../errors/graph-error.ts';
import { multiplyDims } from '../ir/dim.ts';
import { numericDim } from '../ir/shape.ts';
import { add } from '../ops/add.ts';
import { mul } from '../ops/mul.ts';
import { reshape } from '../ops/reshape.ts';
import { rsqrt } from '../ops/rsqrt.ts';
import { square } from '../ops/square.ts';
import { sub } from '../ops/sub.ts';
import { mean } from './mean.ts';
import type { Value } from '../ir/value.ts';

/** Normalises over the axes with mean and biased variance. */
function standardize(x: Value, axes: readonly number[], epsilon: number): Value {
  const centred = sub(x, mean(x, axes, { keepDims: true }));
  const variance = mean(square(centred), axes, { keepDims: true });
  return mul(centred, rsqrt(add(variance, epsilon)));
}

/** What `groupNorm` computes, in ops that engines know and that have gradients. */
export function normalizeGroups(
  x: Value,
  gamma: Value,
  beta: Value,
  options: { groups: number; epsilon?: number },
): Value {
  const channels = numericDim('groupNorm: channels', x.shape[3]);
  if (channels % options.groups !== 0) {
    throw new GraphError(
      'BAD_GROUPS',
      `groupNorm: groups must divide the ${channels} channels; received ${options.groups}.`,
    );
  }
  const [n, h, w] = x.shape;
  const grouped = reshape(x, [n!, multiplyDims(h!, w!), options.groups, channels / options.groups]);
  const normal = reshape(standardize(grouped, [1, 3], options.epsilon ?? 1e-5), x.shape);
  return add(mul(normal, gamma), beta);
}

/** What `instanceNorm` computes, in ops that engines know and that have gradients. */
export function normalizeInstances(
  x: Value,
  gamma: Value,
  beta: Value,
  options: { epsilon?: number } = {},
): Value {
  return add(mul(standardize(x, [1, 2], options.epsilon ?? 1e-5), gamma), beta);
}
