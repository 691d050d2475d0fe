import { describe, expect, test } from '@jest/globals';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import type { SafetensorsTensor } from './safetensors.ts';

const f32 = (values: number[]): SafetensorsTensor => ({
  dtype: 'F32',
  shape: [values.length],
  data: new Float32Array(values),
});

/** A file with the given header and number of data bytes. */
function file(header: unknown, dataBytes: number): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

const entry = (from: number, to: number, shape = [(to - from) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

describe('safetensors', () => {
  test('gives back what was stored, aligned, with metadata', () => {
    const tensors = new Map<string, SafetensorsTensor>([
      ['mask', { dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) }],
      ['w', { dtype: 'F32', shape: [1, 2], data: Float32Array.of(-0, 1.5) }],
      ['gaps', { dtype: 'U16', shape: [1], data: Uint16Array.of(65535) }],
      ['n', { dtype: 'I32', shape: [], data: Int32Array.of(-7) }],
      ['none', { dtype: 'F32', shape: [0], data: new Float32Array(0) }],
    ]);
    const bytes = Buffer.concat(encodeSafetensors({ tensors, metadata: { a: 'ä' } }));
    const read = decodeSafetensors(bytes, 'x');
    expect(read.metadata).toEqual({ a: 'ä' });
    expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()));
  });

  test('reads every type of other writers, wherever in a file its data begin', () => {
    const types = { F64: 8, I64: 8, U64: 8, U32: 4, I16: 2, F16: 2, BF16: 2, I8: 1 };
    for (const pad of ['', ' ', '  ', '   ']) {
      for (const [dtype, bytes] of Object.entries(types)) {
        const header = JSON.stringify({ w: entry(0, 2 * bytes, [2], dtype) });
        const { data } = decodeSafetensors(file(header + pad, 2 * bytes), 'x').tensors.get('w')!;
        expect([data.length, data.BYTES_PER_ELEMENT, Number(data[1])]).toEqual([2, bytes, 0]);
      }
    }
  });

  test('starts the data at a multiple of 8', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd']) {
      const [length, header] = encodeSafetensors({
        tensors: new Map([[name, f32([1])]]),
        metadata: {},
      });
      expect(Buffer.from(length!).readBigUInt64LE()).toBe(BigInt(header!.length));
      expect(header!.length % 8).toBe(0);
    }
  });

  test('a file cut off anywhere is an error', () => {
    const bytes = Buffer.concat(
      encodeSafetensors({ tensors: new Map([['w', f32([1, 2])]]), metadata: {} }),
    );
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length), 'w.safetensors')).toThrow(
        /w\.safetensors is no valid/,
      );
    }
  });

  test.each([
    ['no JSON', '{', 0, /no JSON object/],
    ['a list', '[]', 0, /no JSON object/],
    ['an unknown type', { w: entry(0, 4, [1], 'F8') }, 4, /"F8"; expected one of F32/],
    ['a type named like a method', { w: entry(0, 4, [1], 'toString') }, 4, /"toString"; expected/],
    ['a negative size', { w: entry(0, 4, [-1]) }, 4, /shape \[-1\]/],
    ['offsets in the wrong order', { w: entry(4, 0, [1]) }, 4, /offsets \[4,0\]/],
    ['a wrong number of bytes', { w: entry(0, 8, [1]) }, 8, /needs 4 bytes; received 8/],
    ['overlapping tensors', { a: entry(0, 8), b: entry(4, 8) }, 8, /"b" overlaps/],
    ['a gap', { a: entry(0, 4), b: entry(8, 12) }, 12, /"b" leaves a gap/],
    ['data beyond the end', { a: entry(0, 8) }, 4, /expected 8 bytes of data; received 4/],
    ['unused data', { a: entry(0, 4) }, 8, /expected 4 bytes of data; received 8/],
    ['metadata that is no text', { __metadata__: { a: 1 } }, 0, /texts only/],
    ['an empty entry', { w: null }, 0, /type undefined/],
  ])('%s is an error', (_name, header, dataBytes, message) => {
    expect(() => decodeSafetensors(file(header, dataBytes), 'x')).toThrow(message);
  });

  test('does not store a tensor whose shape does not fit', () => {
    const tensors = new Map([['w', { ...f32([1, 2]), shape: [3] }]]);
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow(
      /"w": 2 elements do not fit the shape \[3\]/,
    );
  });
});
