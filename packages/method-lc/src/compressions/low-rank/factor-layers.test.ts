import { describe, expect, test } from '@jest/globals';
import { fromTorchLayout } from '@pare/core';
import { NetworkBuilder, instantiate, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { expectNear } from '../../testing/expect-near.ts';
import { oracleConvolution, oracleMatrix, oracleNumbers } from '../../testing/oracle-numbers.ts';
import { stepContext } from '../../testing/step-context.ts';
import { factorLayers } from './factor-layers.ts';
import { factoredMacs } from './factored-macs.ts';
import { factoringOf } from './factoring.ts';
import { lowRank } from './low-rank.ts';
import type { ConvScheme } from './weight-matrix.ts';

interface ConvLayer {
  readonly shape: readonly number[];
  readonly weights: Float32Array;
  readonly strides: readonly [number, number];
  readonly pads: readonly [number, number];
}

/** What convolutions, one after the other and without bias, make of an image of 7 x 8 pixels with 3 channels. */
function convolve(layers: readonly ConvLayer[]): Float64Array {
  const builder = new NetworkBuilder();
  const x = builder.input([7, 8, 3]);
  const y = layers.reduce((image, { shape, strides, pads: [v, h] }, i) => {
    const [filters, , height, width] = shape as [number, number, number, number];
    return builder.conv2d(`conv${i}`, image, {
      filters,
      kernel: [height, width],
      strides: [...strides],
      padding: [v, v, h, h],
      bias: false,
    });
  }, x);
  const network = builder.build('convolutions', x, y);
  const { output } = instantiate(network, { mode: 'eval' });
  const variables = network.parameters.map((parameter, i) => {
    const data = fromTorchLayout(parameter, layers[i]!.weights);
    return [parameter.name, { shape: parameter.shape, data }] as const;
  });
  const image = { shape: [1, 7, 8, 3], data: oracleNumbers(17, 168) };
  const { outputs } = evaluate(program({ outputs: { output } }), { x: image }, new Map(variables));
  return Float64Array.from(outputs.output!.data);
}

describe.each<[ConvScheme, number]>([
  ['scheme-1', 2],
  ['scheme-1', 4],
  ['scheme-2', 1],
  ['scheme-2', 8],
])('two layers of %s and rank %s', (convScheme, rank) => {
  const shape = [4, 3, 2, 3];
  const compression = lowRank({ rank, convScheme });
  const theta = compression.compress(oracleConvolution, stepContext(72, { shape }));

  test.each<[readonly [number, number], readonly [number, number]]>([
    [
      [1, 1],
      [0, 0],
    ],
    [
      [2, 3],
      [1, 2],
    ],
  ])('compute what the compressed layer does, with strides %j and pads %j', (strides, pads) => {
    const dense = { shape, weights: compression.decompress(theta), strides, pads };
    const { first, second } = factorLayers(theta);
    const pair = [first, second].map(({ slides: [v, h], ...layer }) => ({
      ...layer,
      strides: [v ? strides[0] : 1, h ? strides[1] : 1] as const,
      pads: [v ? pads[0] : 0, h ? pads[1] : 0] as const,
    }));
    expectNear(convolve(pair), [...convolve([dense])], 1e-6);
    expect(first.weights.length + second.weights.length).toBe(compression.parameters(theta));
  });
});

describe('two dense layers', () => {
  test('are the factors', () => {
    const theta = lowRank({ rank: 2 }).compress(oracleMatrix, stepContext(48, { shape: [8, 6] }));
    const { first, second } = factorLayers(theta);
    expect([first.shape, second.shape]).toEqual([
      [2, 6],
      [8, 2],
    ]);
    expect([first.weights, second.weights]).toEqual([theta.v, theta.u]);
  });

  test('of rank 0 are refused', () => {
    const theta = lowRank({ rank: 0 }).compress(oracleMatrix, stepContext(48, { shape: [8, 6] }));
    expect(() => factorLayers(theta)).toThrow(/\[8, 6\] of rank 0 have no factors/);
  });
});

describe('whether to factor', () => {
  // 8 · 6 / 14 = 3.43.
  test.each([
    [0, 'constant', /bias/],
    [1, 'factors', /14 numbers instead of 48/],
    [3, 'factors', /42 numbers instead of 48/],
    [4, 'dense', /rank 4 of a 8 x 6 matrix takes 56 numbers, the matrix 48/],
    [5, 'dense', /70 numbers/],
    [6, 'dense', /full rank/],
  ])('rank %s of an 8 x 6 matrix: %s', (rank, kind, reason) => {
    const factoring = factoringOf({ matrix: [8, 6], rank });
    expect(factoring.kind).toBe(kind);
    expect(factoring.reason).toMatch(reason);
  });
});

describe('multiply-adds of the two layers', () => {
  const theta = { shape: [96, 3, 11, 11], rank: 5 };
  const images = { input: [227, 227], output: [56, 56] } as const;

  test('of scheme 1 are those that rank selection counts', () => {
    expect(factoredMacs({ ...theta, scheme: 'scheme-1' }, images)).toBe(5 * (363 + 96) * 56 * 56);
  });

  test('of scheme 2 are more where the first layer keeps the height', () => {
    const macs = factoredMacs({ ...theta, scheme: 'scheme-2' }, images);
    expect(macs).toBe(5 * 33 * 227 * 56 + 5 * 96 * 11 * 56 * 56);
  });

  test('of a dense layer are its numbers', () => {
    const one = { input: [1, 1], output: [1, 1] } as const;
    expect(factoredMacs({ shape: [8, 6], rank: 2 }, one)).toBe(28);
  });
});
