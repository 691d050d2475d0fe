import { z } from 'zod';
import { percentage } from './task-line.ts';

/** A number of weights, or a percentage of them as text (`5%`). */
export type Amount = number | string;

const expected = 'expected a whole number of weights from 0, or a percentage such as 5%';

/** How many weights are left: `13310` or `5%`. */
export const amountOption = z
  .union([z.number(), z.string()])
  .refine((amount) => (typeof amount === 'number' ? isCount(amount) : isShare(amount)), {
    message: `${expected} (more than 0%, at most 100%)`,
  });

const isCount = (amount: number) => Number.isInteger(amount) && amount >= 0;

const isShare = (amount: string) =>
  percentage.test(amount) && percentOf(amount) > 0 && percentOf(amount) <= 100;

const percentOf = (amount: string) => Number(amount.slice(0, -1));

/**
 * The number of weights: percentages of all `weights` are rounded to the nearest whole number, halves up. 5 % of 266,200
 * are 13,310 exactly.
 */
export function countOf(amount: Amount, weights: number): number {
  // The product is formed first: 0.05 has no exact form.
  return typeof amount === 'number' ? amount : Math.round((weights * percentOf(amount)) / 100);
}

/** A percentage as a share from 0 to 1; other values stay as they are. */
export function withShares(value: unknown): unknown {
  return typeof value === 'string' && percentage.test(value) ? percentOf(value) / 100 : value;
}
