import { expect } from '@jest/globals';

/** Numbers that agree to a share of the largest expected one; by default 1e-6. */
export function expectNear(
  received: ArrayLike<number>,
  expected: readonly number[],
  share = 1e-6,
): void {
  expect(received).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const errors = expected.map((value, i) => Math.abs(received[i]! - value));
  const worst = errors.reduce((most, error) => Math.max(most, error), 0);
  expect(worst / largest).toBeLessThanOrEqual(share);
}
