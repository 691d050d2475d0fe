import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { amountOption, countOf, withShares } from './amount.ts';

describe('an amount', () => {
  test.each<[number | string, number, number]>([
    ['5%', 266_200, 13_310],
    ['1%', 266_200, 2_662],
    ['100%', 266_200, 266_200],
    ['0.1%', 1_000, 1],
    ['5%', 10, 1],
    ['5%', 9, 0],
    [13_310, 266_200, 13_310],
    [0, 5, 0],
  ])('%s of %i weights is %i', (amount, weights, count) => {
    expect(countOf(amount, weights)).toBe(count);
  });

  test('of whole percentages that divide is exact for any number of weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e8 }),
        fc.integer({ min: 1, max: 100 }),
        (n, percent) => {
          expect(countOf(`${percent}%`, 100 * n)).toBe(n * percent);
        },
      ),
    );
  });

  test.each([-1, 2.5, '0%', '101%', '-5%', 'many', '5', Number.NaN])('cannot be %s', (amount) => {
    expect(amountOption.safeParse(amount).success).toBe(false);
  });

  test('of a plugin is a share', () => {
    expect([withShares('5%'), withShares('five'), withShares(5)]).toEqual([0.05, 'five', 5]);
  });
});
