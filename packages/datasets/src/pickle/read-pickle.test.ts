import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readPickle } from './read-pickle.ts';

/** Pickles that Python itself has made, by protocol; the file says how. */
interface Pickles {
  readonly python3: { readonly pickles: readonly string[] };
  readonly python2: { readonly pickles: readonly string[] };
}

const fixture = new URL('../../fixtures/pickles.json', import.meta.url);
const { python3, python2 } = JSON.parse(readFileSync(fixture, 'utf8')) as Pickles;
const everyByte = Array.from({ length: 256 }, (_, byte) => byte);

/** A plain view: Buffers compare as other types. */
const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe.each(python3.pickles.map((text, protocol) => ({ protocol, text })))(
  'a pickle of Python 3, protocol $protocol,',
  ({ text }) => {
    const value = readPickle(Buffer.from(text, 'base64')) as Map<string, unknown>;

    test('gives constants and numbers, exact ones where numbers are not', () => {
      expect([value.get('none'), value.get('yes'), value.get('no')]).toEqual([null, true, false]);
      expect(value.get('ints')).toEqual([
        ...[0, 1, -1, 255, 256, 65535, 65536, -2147483648, 2147483648, -129],
        ...[2 ** 53 - 1, 1 - 2 ** 53, 2n ** 53n, -(2n ** 53n), 2n ** 64n, -(2n ** 100n)],
      ]);
      expect(value.get('floats')).toEqual([0.5, -0.1, 1e300, Infinity, -Infinity, NaN]);
    });

    test('gives text', () => {
      expect(value.get('text')).toEqual([
        '',
        'plain',
        'naïve \\ "quoted" \'x\'\n\t\r',
        '日本 😀',
        '\ufeffbom',
        'x'.repeat(300),
      ]);
    });

    test('gives bytes and bytearrays', () => {
      expect(value.get('bytes')).toEqual([
        bytes(),
        bytes(0, 10, 92, 128, 255),
        bytes(...everyByte),
        bytes(1, 254),
        bytes(),
      ]);
    });

    test('gives tuples as arrays, sets, and dicts as maps in order', () => {
      expect(value.get('tuples')).toEqual([[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]);
      expect(value.get('sets')).toEqual([new Set(), new Set([7]), new Set([8])]);
      const dicts = value.get('dicts') as Map<unknown, unknown>;
      expect([...dicts]).toEqual([
        ['empty', new Map()],
        ['one', new Map([['in', []]])],
        ['bytes\xff', 1],
        [5, 'five'],
        ['ordered', expect.any(Map)],
      ]);
      expect([...(dicts.get('ordered') as Map<string, number>)]).toEqual([
        ['z', 1],
        ['a', 2],
      ]);
    });

    test('keeps what is one object one object, and rings closed', () => {
      const [first, second] = value.get('same') as string[][];
      expect(first).toEqual(['shared']);
      expect(second).toBe(first);
      const ring = value.get('ring') as unknown[];
      expect(ring).toHaveLength(1);
      expect(ring[0]).toBe(ring);
    });
  },
);

describe.each(python2.pickles.map((text, protocol) => ({ protocol, text })))(
  'a pickle of Python 2, protocol $protocol,',
  ({ text }) => {
    const value = readPickle(Buffer.from(text, 'base64')) as Map<string, unknown>;

    test('gives its byte strings as bytes, uncorrupted, but keys as strings', () => {
      expect(value.get('data')).toEqual(bytes(0, 10, 39, 34, 92, 128, 159, 255));
      expect(value.get('long')).toEqual(bytes(...everyByte, ...everyByte));
      expect(value.get('filenames')).toEqual([ascii('a.png'), ascii('b.png')]);
    });

    test('gives unicode, numbers and collections as those of Python 3', () => {
      expect(value.get('text')).toBe('日本 😀 \\u');
      expect(value.get('labels')).toEqual([3, 5, 2n ** 70n, -(2 ** 31), true]);
      expect(value.get('floats')).toEqual([0.1, -1e-7]);
      expect(value.get('pair')).toEqual([1, null]);
      expect(value.get('sets')).toEqual([new Set([7]), bytes(1, 254)]);
      expect([...(value.get('ordered') as Map<string, number>)]).toEqual([
        ['z', 1],
        ['a', 2],
      ]);
    });
  },
);

test('byte strings are views of the file, not copies', () => {
  const file = ascii('..\x80\x02U\x03abc.').subarray(2);
  const value = readPickle(file) as Uint8Array;
  expect(value.buffer).toBe(file.buffer);
  expect(value.byteOffset).toBe(6);
  expect(value.constructor).toBe(Uint8Array);
});

test.each([
  ['octal and letter escapes of strings', "S'\\101\\t\\v\\\"'\n.", bytes(65, 9, 11, 34)],
  ['OBJ', '(c__builtin__\nset\n(K\x01lo.', new Set([1])],
  ['INST', '((K\x01li__builtin__\nset\n.', new Set([1])],
  ['NEWOBJ', '\x80\x02c__builtin__\nset\n(K\x01l\x85\x81.', new Set([1])],
  ['DUP and POP', '(K\x01K\x020\x32l.', [1, 1]],
  ['POP of a mark', 'K\x01(0.', 1],
  ['POP_MARK', 'K\x01(K\x02K\x031.', 1],
  ['a long of no bytes', '\x80\x02\x8a\x00.', 0],
  ['BYTEARRAY8', '\x80\x05\x96\x02\0\0\0\0\0\0\0ab.', ascii('ab')],
  ['BINBYTES8', '\x80\x04\x8e\x02\0\0\0\0\0\0\0ab.', ascii('ab')],
  ['BINUNICODE8', '\x80\x04\x8d\x02\0\0\0\0\0\0\0ab.', 'ab'],
])('reads %s', (_, text, value) => {
  expect(readPickle(ascii(text))).toEqual(value);
});
