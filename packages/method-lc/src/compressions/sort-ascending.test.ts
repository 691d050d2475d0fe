import { expect, test } from '@jest/globals';
import { oracleNumbers } from '../testing/oracle-numbers.ts';
import { sortAscending } from './sort-ascending.ts';

// Above 16384 numbers the bits are sorted.
test.each([0, 5, 16_383, 16_384, 50_000])(
  '%s numbers come out as by the built-in sort',
  (count) => {
    const numbers = oracleNumbers(3, count);
    numbers.set([0, -0, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38, -3.4e38].slice(0, count));
    const before = numbers.slice();
    expect(sortAscending(numbers)).toEqual(numbers.slice().sort());
    expect(numbers).toEqual(before);
  },
);
