import { expect, test } from '@jest/globals';

import { parseKMeansOptions } from './kmeans-benchmark-options.mjs';

test('a million weights, four centroids and ten restarts where nothing is said', () => {
  const defaults = { weights: 1_000_000, centroids: 4, restarts: 10, rounds: 3, sklearn: false };
  expect(parseKMeansOptions([])).toMatchObject(defaults);
});

test('what is said counts', () => {
  const args = ['--weights', '50', '--centroids', '50', '--sklearn', '--rounds', '1'];
  expect(parseKMeansOptions(args)).toMatchObject({
    weights: 50,
    centroids: 50,
    sklearn: true,
    rounds: 1,
  });
});

test('what makes no sense is refused', () => {
  expect(() => parseKMeansOptions(['--weights', '3', '--centroids', '4'])).toThrow(
    '--weights 3 and --centroids 4',
  );
  expect(() => parseKMeansOptions(['--restarts', '0'])).toThrow('from 1; received "0"');
  expect(() => parseKMeansOptions(['--sizes', '0'])).toThrow('--sizes');
});
