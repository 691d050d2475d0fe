import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { series } from '../testing/oracle-inputs.ts';
import { networkOf } from '../testing/network-of.ts';
import { relativeError, valued } from '../testing/parameters.ts';
import { codeNetwork, codingTable, decodeNetwork } from './coded-weights.ts';
import { huffmanDecode, huffmanEncode } from './huffman.ts';
import { shareWeights } from './weight-sharing.ts';
import type { HostTensor } from '@pare/core';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('Huffman codes', () => {
  // Oracle O9.
  test.each([
    [
      Int32Array.of(1, 1, 2, 3, 1, 2, 4, 1, 5, 1, 2, 3),
      '072cbdcb00',
      '074000000050000000240000000d000000058000000200',
    ],
    [
      Float32Array.of(0.5, -0.25, 0.5, 0.5, 1.5, -0.25, 0.5, 2),
      '02469c',
      '014fc000001be8000004ff00000280000000',
    ],
    [
      Int32Array.of(4, 1, 3, 2, 1, 4, 2, 3, 5, 6),
      '06f66ee200',
      '0510000000680000002c000000090000000140000000e000000080',
    ],
  ])('of %j have the bytes of the original', (values, data, codebook) => {
    const coded = huffmanEncode(values);
    expect([hex(coded.data), hex(coded.codebook)]).toEqual([data, codebook]);
    expect(huffmanDecode(coded)).toEqual(values);
  });

  test('of one symbol, and of none, can be read back', () => {
    for (const values of [Int32Array.of(7, 7, 7), Float32Array.of(0.5), new Int32Array(0)]) {
      expect(huffmanDecode(huffmanEncode(values))).toEqual(values);
    }
  });

  test('of anything can be read back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (list) => {
        const values = Int32Array.from(list);
        expect(huffmanDecode(huffmanEncode(values))).toEqual(values);
      }),
    );
  });

  test('refuse what they cannot hold and notice damage', () => {
    expect(() => huffmanEncode(Int32Array.of(1, -2))).toThrow(/must not be negative.*received -2/);
    expect(() => huffmanEncode(Float32Array.of(NaN))).toThrow(/NaN cannot be coded/);
    const coded = huffmanEncode(Int32Array.of(1, 1, 2, 3));
    expect(() => huffmanDecode({ ...coded, count: 5 })).toThrow(/in the middle of a symbol/);
    expect(() => huffmanDecode({ ...coded, count: 3 })).toThrow(/bits are left over after 3/);
    expect(() => huffmanDecode({ ...coded, codebook: new Uint8Array(0) })).toThrow(/an empty file/);
  });
});

describe('coded networks', () => {
  const sparse = (size: number) =>
    series(size, [53, 17, 97, 48, 120]).map((v) => (Math.abs(v) < 0.2 ? 0 : v));
  const conv = valued('conv.weight', 'conv', [3, 2, 2, 2], sparse(24));
  const fc = valued('fc.weight', 'dense', [4, 3], sparse(12));
  const dead = valued('dead.weight', 'dense', [2, 2], [0, 0, 0, 0]);
  const bias = valued('fc.bias', 'bias', [4], [1, 2, 3, 4]);
  const { network, weights } = networkOf([conv, fc, dead, bias]);
  const coded = codeNetwork(network, weights);

  test('come back exactly', () => {
    expect(decodeNetwork(network, coded)).toEqual(weights);
  });

  test('are rows where there are fewer rows than columns, else columns', () => {
    expect([...coded.weights.values()].map(({ form }) => form)).toEqual(['csr', 'csc', 'csc']);
  });

  test('are listed with their bytes', () => {
    const { rows } = codingTable(coded);
    expect(rows.map(({ layer }) => layer)).toEqual([
      'conv.weight',
      'fc.weight',
      'dead.weight',
      'total',
    ]);
    // No elements, two columns: three pointers before; after, a header byte in each of six files and one count of 33 bits,
    // 5 more bytes.
    expect(rows[2]).toMatchObject({ original: 12, compressed: 11, improvement: 12 / 11 });
    expect(rows[2]!.percent).toBeCloseTo(91.667, 3);
  });
});

describe('weight sharing', () => {
  const tensor: HostTensor = {
    dtype: 'float32',
    shape: [4, 6],
    data: series(24, [53, 17, 97, 48, 120]).map((v) => (Math.abs(v) < Math.fround(0.1) ? 0 : v)),
  };

  // Oracle O10.
  test('gives the centroids of the original', () => {
    const { tensor: shared, initial, centroids } = shareWeights(tensor, 2);
    expect(relativeError(initial, [-0.4, -0.1527778, 0.0944445, 0.3416667])).toBeLessThan(1e-6);
    expect(relativeError(centroids, [-0.3583333, -0.1880952, 0.1633333, 0.3])).toBeLessThan(1e-6);
    const row = [-0.1880952, 0.1633333, -0.1880952, 0.3, -0.1880952, 0.3];
    expect(relativeError(shared.data.slice(0, 6), row)).toBeLessThan(1e-6);
    expect([...shared.data].map((v) => v === 0)).toEqual([...tensor.data].map((v) => v === 0));
  });

  test('uses no more centroids than there are different elements', () => {
    const few: HostTensor = { dtype: 'float32', shape: [4], data: Float32Array.of(0, 1, 1, 2) };
    expect(shareWeights(few).centroids).toEqual([1, 2]);
    expect(shareWeights({ ...few, data: new Float32Array(4) }).centroids).toEqual([]);
  });

  test('refuses what has no mean', () => {
    const broken: HostTensor = { dtype: 'float32', shape: [2], data: Float32Array.of(1, NaN) };
    expect(() => shareWeights(broken)).toThrow(/element 1 is NaN; expected finite numbers/);
  });
});
