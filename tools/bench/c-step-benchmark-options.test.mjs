import { expect, test } from '@jest/globals';

import { parseCStepOptions } from './c-step-benchmark-options.mjs';

test('ranks of ResNet-56 without threads and with two where nothing is said', () => {
  expect(parseCStepOptions([])).toMatchObject({
    network: 'resnet-56',
    compression: 'ranks',
    workers: [0, 2],
    steps: 5,
    rounds: 3,
  });
});

test('what is said counts', () => {
  const args = ['--network', 'vgg-16', '--compression', 'sum', '--workers', '0, 1,4'];
  expect(parseCStepOptions(args)).toMatchObject({
    network: 'vgg-16',
    compression: 'sum',
    workers: [0, 1, 4],
  });
});

test('what makes no sense is refused', () => {
  expect(() => parseCStepOptions(['--network', 'resnet-1'])).toThrow('received "resnet-1"');
  expect(() => parseCStepOptions(['--compression', 'toString'])).toThrow('received "toString"');
  expect(() => parseCStepOptions(['--workers', '2,'])).toThrow('--workers must be');
  expect(() => parseCStepOptions(['--threads', '2'])).toThrow('--threads');
});
