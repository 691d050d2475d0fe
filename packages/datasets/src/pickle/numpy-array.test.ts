import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { NumpyArray, numpyGlobals } from './numpy-array.ts';
import { readPickle } from './read-pickle.ts';

interface Fixture {
  readonly arrays: readonly { type: string; order: string; protocol: number; pickle: string }[];
  readonly refused: Readonly<Record<'bigEndian' | 'objects' | 'cube', string>>;
}

const path = new URL('../../fixtures/numpy-arrays.json', import.meta.url);
const { arrays, refused } = JSON.parse(readFileSync(path, 'utf8')) as Fixture;
const read = (pickle: string) =>
  readPickle(Buffer.from(pickle, 'base64'), { globals: numpyGlobals }) as NumpyArray;

const numbers: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayLike<number | bigint>>> = {
  u1: Uint8Array,
  i8: BigInt64Array,
  f4: Float32Array,
};

describe('arrays of numpy', () => {
  test.each(arrays)('of $type, order $order, protocol $protocol are read row by row', (fixture) => {
    const { type, shape, bytes } = read(fixture.pickle);
    expect([type.code, shape]).toEqual([fixture.type.replace('<', ''), [2, 3]]);
    const values = new numbers[type.code]!(Uint8Array.from(bytes).buffer);
    expect(Array.from(values, Number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['bigEndian', 'big-endian arrays are not read'],
    ['objects', 'arrays of the type "O8" are not read'],
    ['cube', 'column-major arrays are read with two axes at most'],
  ] as const)('are refused where they are not read: %s', (name, message) => {
    expect(() => read(refused[name])).toThrow(message);
  });

  test('need as many bytes as shape and type say', () => {
    const type = numpyGlobals['numpy dtype']!('u1');
    const parts = { shape: [2, 3], type, columnMajor: false, bytes: new Uint8Array(5) };
    expect(() => new NumpyArray().fill(parts)).toThrow(
      'an array [2, 3] of u1 needs 6 bytes; there are 5',
    );
  });

  test('are nothing that readPickle() makes of its own', () => {
    expect(() => readPickle(Buffer.from(arrays[0]!.pickle, 'base64'))).toThrow(
      expect.objectContaining({ code: 'PICKLE_GLOBAL' }),
    );
  });
});
