import { describe, expect, test } from '@jest/globals';

import { parseOptions } from './options.mjs';

describe('options', () => {
  test('without arguments every network is trained by steps, threads left to each side', () =>
    expect(parseOptions([])).toMatchObject({
      benchmark: 'steps',
      subjects: ['lenet-300-100', 'lenet-5', 'resnet-20'].map((network) => ({
        name: network,
        network,
      })),
      engine: 'tensorflow',
      threads: undefined,
      batch: 128,
    }));

  test('PyTorch gets the one thread that the wasm engine has', () =>
    expect(parseOptions(['--engine', 'tfjs-wasm']).threads).toBe(1));

  test('an epoch of a network without MNIST images is refused with the ones that there are', () =>
    expect(() => parseOptions(['epoch', '--network', 'resnet-20'])).toThrow(
      /lenet-300-100, lenet-5, all; received "resnet-20"/,
    ));

  test('LCS is trained in every setting, in fewer steps', () =>
    expect(parseOptions(['lcs', '--steps', '5'])).toMatchObject({
      subjects: [
        { name: 'structured', setting: 'structured' },
        { name: 'unstructured', setting: 'unstructured' },
        { name: 'quantized', setting: 'quantized' },
      ],
      rounds: 4,
      steps: 5,
      warmUp: 3,
    }));

  test('a flag of another benchmark is refused with the right one', () =>
    expect(() => parseOptions(['lcs', '--network', 'lenet-5'])).toThrow(
      '"lcs" takes --setting, not --network',
    ));

  test.each(['0', '1.5', 'many', ''])('%j is no number of rounds', (text) =>
    expect(() => parseOptions(['--rounds', text])).toThrow(
      '--rounds must be a whole number from 1',
    ),
  );

  test('an unknown option is answered with the known ones', () =>
    expect(() => parseOptions(['--round', '2'])).toThrow(/'--round'[^]*--rounds N/));
});
