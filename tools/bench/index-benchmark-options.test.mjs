import { expect, test } from '@jest/globals';

import { parseIndexOptions } from './index-benchmark-options.mjs';

test('the index benchmark has as many images and classes as ImageNet', () => {
  const expected = { images: 1281167, classes: 1000, rounds: 3, keep: false, help: false };
  expect(parseIndexOptions([])).toEqual(expected);
  expect(parseIndexOptions(['--images', '50', '--classes', '5', '--keep'])).toEqual({
    ...expected,
    images: 50,
    classes: 5,
    keep: true,
  });
});

test.each([
  [['--images', '0'], /--images must be a whole number from 1; received "0"/],
  [['--images', '3', '--classes', '4'], /every class needs an image/],
  [['--files', '3'], /--files/],
])('the index benchmark refuses %j', (args, message) => {
  expect(() => parseIndexOptions(args)).toThrow(message);
});
