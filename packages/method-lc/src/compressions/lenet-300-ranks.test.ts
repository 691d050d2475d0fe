import { describe, expect, test } from '@jest/globals';
import { distortion } from '../testing/distortion.ts';
import { expectNear } from '../testing/expect-near.ts';
import { referenceBiases, referenceSize, referenceWeights } from '../testing/reference-network.ts';
import { stepContext } from '../testing/step-context.ts';
import { compressionRatio } from './counting/compression-ratio.ts';
import { svd } from './linear-algebra/svd.ts';
import { lowRank } from './low-rank/low-rank.ts';
import { rankSelection } from './low-rank/rank-selection.ts';
import type { Svd } from './linear-algebra/svd.ts';

// Figures of the authors' code on their trained network.

const layers = referenceWeights();

// Each layer is decomposed once, for all tests.
const decomposed = layers.map(({ shape, data }) => svd(data, shape[0]!, shape[1]!));
const contextOf = (layer: number, mu = 0) => {
  const { shape, data } = layers[layer]!;
  const known: Svd = () => decomposed[layer]!;
  return stepContext<never>(data.length, { shape, mu, svd: known });
};

const tail = (layer: number, rank: number) =>
  decomposed[layer]!.values.subarray(rank).reduce((sum, s) => sum + s * s, 0);

describe('the singular values of the trained layers', () => {
  test.each([
    [0, [4.66406, 4.35151, 4.24397]],
    [1, [4.46473, 4.2923, 4.16205]],
    [2, [7.2913, 6.60126, 6.32451]],
  ])('begin as the authors’: layer %s', (layer, first) => {
    expectNear(decomposed[layer]!.values.subarray(0, 3), first, 2e-6);
  });

  test('leave the authors’ energies', () => {
    const energies = [tail(0, 80), tail(1, 7), tail(1, 10), tail(2, 9)];
    expectNear(energies, [263.22973, 258.76777, 226.55205, 1.53682], 1e-7);
  });
});

test('ranks 80, 7 and 9 have the authors’ error and size', () => {
  const results = [80, 7, 9].map((rank, layer) => {
    const compression = lowRank({ rank });
    const theta = compression.compress(layers[layer]!.data, contextOf(layer));
    const delta = compression.decompress(theta);
    expectNear([distortion(layers[layer]!.data, delta)], [tail(layer, rank)]);
    return { bits: compression.bits(theta), parameters: compression.parameters(theta) };
  });
  const bits = results.reduce((sum, result) => sum + result.bits, 0);
  expect(bits).toBe(2_896_320);
  expect(results.reduce((sum, result) => sum + result.parameters, 0)).toBe(90_510);
  const size = { reference: referenceSize, uncompressed: referenceBiases };
  expect(compressionRatio({ ...size, compressedBits: bits }).toFixed(3)).toBe('2.932');
});

describe('rank selection on the trained network', () => {
  const ranks = (options: Parameters<typeof rankSelection>[0], mu: number) =>
    layers.map(
      ({ data }, layer) => rankSelection(options).compress(data, contextOf(layer, mu)).rank,
    );

  test.each([
    [0, [101, 87, 10]],
    [10, [220, 100, 10]],
    [20, [294, 100, 10]],
    [25, [300, 100, 10]],
    [39, [300, 100, 10]],
  ])('has the authors’ ranks at step %s', (step, expected) => {
    expect(ranks({ alpha: 1e-6, criterion: 'storage' }, 1e-3 * 1.1 ** step)).toEqual(expected);
  });

  test.each([
    [0, [3, 34, 10]],
    [10, [19, 71, 10]],
    [19, [68, 97, 10]],
  ])('has the authors’ ranks at step %s, normalized', (step, expected) => {
    const options = { alpha: 1e-9, criterion: 'storage', normalize: true } as const;
    expect(ranks(options, 9e-5 * 1.1 ** step)).toEqual(expected);
  });
});
