import { expect, test } from '@jest/globals';
import { pythonFixed } from './python-fixed.ts';

test.each([
  // Exactly between two: Python 3 prints these.
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [2.625, 2, '2.62'],
  [99.875, 2, '99.88'],
  [0.0625, 3, '0.062'],
  // Not exactly between: 1.005 is a little less as a double, 2.675 too.
  [1.005, 2, '1.00'],
  [2.675, 2, '2.67'],
  [0.5, 2, '0.50'],
  [100, 2, '100.00'],
  [3.4285714, 2, '3.43'],
])('%d with %d decimals is %s', (value, digits, text) => {
  expect(pythonFixed(value, digits)).toBe(text);
});
