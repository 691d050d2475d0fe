import { expect, test } from '@jest/globals';

import { parseDataWaitOptions } from './data-wait-options.mjs';

test('the benchmark of waiting for data takes made-up images in memory, or a folder', () => {
  expect(parseDataWaitOptions([])).toEqual({
    batchSize: 128,
    steps: 60,
    warmUp: 10,
    rounds: 3,
    imageSize: 32,
    directory: undefined,
    help: false,
  });
  expect(parseDataWaitOptions(['--directory', 'images', '--image-size', '64'])).toMatchObject({
    directory: 'images',
    imageSize: 64,
  });
});

test.each([
  [['--batch-size', '0'], /--batch-size must be a whole number from 1; received "0"/],
  [['--steps', ''], /--steps must be a whole number from 1; received ""/],
  [['--network', 'x'], /'--network'[^]*--batch-size N/],
])('the benchmark of waiting for data refuses %j', (args, message) => {
  expect(() => parseDataWaitOptions(args)).toThrow(message);
});
