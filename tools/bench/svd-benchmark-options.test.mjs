import { expect, test } from '@jest/globals';

import { parseSvdOptions } from './svd-benchmark-options.mjs';

test('a convolution of 512 filters and a quarter of its terms where nothing is said', () => {
  const defaults = { rows: 4608, columns: 512, terms: 128, steps: 5, rounds: 3, numpy: false };
  expect(parseSvdOptions([])).toMatchObject(defaults);
});

test('what is said counts', () => {
  const args = ['--rows', '30', '--columns', '20', '--terms', '20', '--numpy'];
  expect(parseSvdOptions(args)).toMatchObject({ rows: 30, columns: 20, terms: 20, numpy: true });
});

test('what makes no sense is refused', () => {
  expect(() => parseSvdOptions(['--rows', '30', '--columns', '20', '--terms', '21'])).toThrow(
    'a 30 x 20 matrix has 20 terms; received --terms 21',
  );
  expect(() => parseSvdOptions(['--steps', '0'])).toThrow('--steps');
  expect(() => parseSvdOptions(['--sizes', '3'])).toThrow('--sizes');
});
