import { PareError } from '@pare/core';
import type { CompressionContext } from './compression.ts';

const { isFinite } = Number;

/** Product of the sizes. */
export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * The weights that a compression gets, as float32: not copied where they are so already. Throws `BAD_WEIGHTS` where they
 * are not finite or do not fit the shape, `BAD_MU` for a μ that is negative or not finite.
 */
export function inputWeights(
  owner: string,
  v: Float32Array | Float64Array,
  { mu, shape }: Pick<CompressionContext, 'mu' | 'shape'>,
): Float32Array {
  if (!isFinite(mu) || mu < 0) {
    throw new PareError(
      'BAD_MU',
      `${owner}: the penalty parameter mu must be a number from 0; received ${mu}. Check the schedule of mu.`,
    );
  }
  const size = sizeOfShape(shape);
  if (size === 0 || v.length !== size) {
    throw new PareError(
      'BAD_WEIGHTS',
      `${owner}: weights of shape [${shape.join(', ')}] are ${size} numbers, and at least one is needed; received ${v.length}.`,
    );
  }
  const weights = v instanceof Float32Array ? v : Float32Array.from(v);
  checkFinite(owner, weights);
  return weights;
}

function checkFinite(owner: string, weights: Float32Array): void {
  // Stays 0 unless a number is not finite: much faster than a test of each.
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * 0;
  if (sum === 0) return;
  const at = weights.findIndex((weight) => !isFinite(weight));
  throw new PareError(
    'BAD_WEIGHTS',
    `${owner}: weight ${at} is ${weights[at]}; only finite weights can be compressed. Training has diverged: lower the learning rate or the largest mu.`,
  );
}

/** Throws `STATE_MISMATCH` where the result of the step before is of another size. */
export function checkPrevious(owner: string, expected: number, received: number): void {
  if (expected === received) return;
  throw new PareError(
    'STATE_MISMATCH',
    `${owner}: the result of the step before has ${received} weights; expected ${expected}. It belongs to another layer or network.`,
  );
}
