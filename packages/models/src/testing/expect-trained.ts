import { expect } from '@jest/globals';
import { normedBiases } from './normed-biases.ts';
import type { Network } from '@pare/graph';
import type { TrainingStep } from './training-step.ts';

/**
 * The loss of a step was finite, and every parameter and running statistic has changed and is finite. Biases in front of a
 * norm that takes them away need not change.
 */
export function expectTrained(network: Network, { loss, before, after }: TrainingStep): void {
  expect(loss).toBeGreaterThan(0);
  expect(loss).toBeLessThan(100);
  const still = normedBiases(network);
  const moved = network.parameters.filter(({ name }) => !still.has(name));
  const same = moved.filter(({ name }) => equal(before.get(name)!.data, after.get(name)!.data));
  expect(same.map(({ name }) => name)).toEqual([]);
  const broken = [...after].filter(([, { data }]) => !data.every(Number.isFinite));
  expect(broken.map(([name]) => name)).toEqual([]);
}

const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
