import { expect } from '@jest/globals';

/** Each number is as expected, to `relative` of the largest expected one. */
export function expectClose(
  actual: readonly number[],
  expected: readonly number[],
  relative: number,
): void {
  expect(actual).toHaveLength(expected.length);
  const bound = relative * Math.max(...expected.map(Math.abs));
  const off = actual.filter((value, i) => !(Math.abs(value - expected[i]!) <= bound));
  if (off.length > 0) expect(actual).toEqual(expected);
}
