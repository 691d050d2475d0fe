import { expect, test } from '@jest/globals';

import { parseLoaderOptions } from './loader-options.mjs';

test('the loader benchmark has a worker for each core by default', () => {
  expect(parseLoaderOptions([], 6)).toMatchObject({
    workers: 6,
    images: 512,
    batch: 64,
    passes: 2,
  });
  expect(parseLoaderOptions(['--workers', '2', '--json', 'a.json'], 6)).toMatchObject({
    workers: 2,
    json: 'a.json',
  });
});

test.each([
  [['--images', '0'], /--images must be a whole number from 1; received "0"/],
  [['--workers', ''], /--workers must be a whole number from 1; received ""/],
  [['--network', 'resnet-20'], /'--network'[^]*--images N/],
])('the loader benchmark refuses %j', (args, message) => {
  expect(() => parseLoaderOptions(args, 2)).toThrow(message);
});
