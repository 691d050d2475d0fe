import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packTensor } from './pack-tensor.ts';
import { unpackTensor } from './unpack-tensor.ts';
import type { HostTensor } from '../contracts/tensor.ts';

const tensor = (data: Float32Array): HostTensor => ({
  dtype: 'float32',
  shape: [data.length],
  data,
});
const bits = ({ data }: HostTensor) => [
  ...new Uint32Array(data.buffer, data.byteOffset, data.length),
];

function roundTrip(source: HostTensor): HostTensor {
  const { encoding, parts } = packTensor(source);
  return unpackTensor('w', { dtype: source.dtype, shape: source.shape, encoding }, (suffix) =>
    parts.get(suffix),
  );
}

const sparse = (length: number, at: readonly number[]) => {
  const data = new Float32Array(length);
  at.forEach((i, n) => (data[i] = n + 1));
  return tensor(data);
};

describe('packTensor', () => {
  test('keeps a full tensor dense', () => {
    expect(packTensor(tensor(Float32Array.of(1, 2, 3))).encoding).toBe('dense');
  });

  test('half zeros: one bit an element, lowest first', () => {
    const { encoding, parts } = packTensor(sparse(10, [0, 3, 4, 5, 9]));
    expect(encoding).toBe('bitmap');
    expect([...parts.get(':bitmap')!.data]).toEqual([0b00111001, 0b10]);
    expect([...parts.get(':values')!.data]).toEqual([1, 2, 3, 4, 5]);
  });

  test('few elements: gaps, with 255 for a long run of zeros', () => {
    const { encoding, parts } = packTensor(sparse(1000, [3, 259, 260, 516]));
    expect(encoding).toBe('gaps8');
    expect([...parts.get(':gaps8')!.data]).toEqual([3, 255, 0, 0, 255, 0]);
  });

  test('very few elements: gaps of 16 bits', () => {
    const { encoding, parts } = packTensor(sparse(100_000, [2000, 90_000]));
    expect(encoding).toBe('gaps16');
    expect([...parts.get(':gaps16')!.data]).toEqual([2000, 65535, 90_000 - 2001 - 65535]);
  });

  test('an all-zero tensor takes no bytes', () => {
    const { parts } = packTensor(sparse(64, []));
    expect([...parts.values()].reduce((sum, part) => sum + part.data.byteLength, 0)).toBe(0);
    expect(roundTrip(sparse(64, []))).toEqual(sparse(64, []));
  });

  test('few different values: codes of a few bits into a list of them', () => {
    const { encoding, parts } = packTensor(tensor(Float32Array.of(3, -1, 3, 7, 3, -1, 7, 3, 3)));
    expect(encoding).toBe('dense-codebook');
    expect([...parts.get(':codebook')!.data]).toEqual([3, -1, 7]);
    // Two bits each, lowest first: 0 1 0 2, 0 1 2 0, 0.
    expect([...parts.get(':codes')!.data]).toEqual([0b10000100, 0b00100100, 0]);
  });

  test('few different values among many zeros: both', () => {
    const data = new Float32Array(2000);
    for (let i = 0; i < 2000; i += 40) data[i] = i % 80 === 0 ? 0.25 : -0.25;
    const { encoding, parts } = packTensor(tensor(data));
    expect(encoding).toBe('gaps8-codebook');
    // 50 gaps, 50 codes of one bit, two values.
    expect([...parts.values()].map((part) => part.data.byteLength)).toEqual([50, 7, 8]);
    expect(bits(roundTrip(tensor(data)))).toEqual(bits(tensor(data)));
  });

  test('one value everywhere takes its own four bytes', () => {
    const { parts } = packTensor(tensor(new Float32Array(100).fill(0.5)));
    expect([...parts.values()].map((part) => part.data.byteLength)).toEqual([0, 4]);
    expect(roundTrip(tensor(new Float32Array(100).fill(0.5)))).toEqual(
      tensor(new Float32Array(100).fill(0.5)),
    );
  });

  test('quantized weights come back bit for bit, whatever the number of values', () => {
    const quantized = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 900 }));
    fc.assert(
      fc.property(quantized, ([levels, length]) => {
        const data = Float32Array.from({ length }, (_, i) => ((i * i) % levels) / 7 - 1);
        expect(bits(roundTrip(tensor(data)))).toEqual(bits(tensor(data)));
      }),
    );
  });

  test('negative zero and NaN payloads survive', () => {
    const data = new Float32Array(40);
    new Uint32Array(data.buffer).set([0x80000000, 0x7fc00123], 7);
    expect(packTensor(tensor(data)).encoding).not.toBe('dense');
    expect(bits(roundTrip(tensor(data)))).toEqual(bits(tensor(data)));
  });

  test('reads a part of a larger buffer', () => {
    const whole = Float32Array.of(9, 9, 0, 0, 0, 0, 0, 0, 0, 5);
    expect(roundTrip(tensor(whole.subarray(2)))).toEqual(tensor(whole.slice(2)));
  });

  test('gives back every tensor bit for bit, in no more bytes than dense', () => {
    const words = fc.tuple(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 0xffffffff }),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), fc.nat(600), (runs, tail) => {
        const data = new Uint32Array(
          runs
            .flatMap(([zeros, word]) => [...Array<number>(zeros).fill(0), word])
            .concat(Array<number>(tail).fill(0)),
        );
        const source = tensor(new Float32Array(data.buffer));
        const stored = [...packTensor(source).parts.values()].reduce(
          (sum, part) => sum + part.data.byteLength,
          0,
        );
        expect(bits(roundTrip(source))).toEqual([...data]);
        expect(stored).toBeLessThanOrEqual(source.data.byteLength);
      }),
    );
  });

  test.each(['int32', 'bool'] as const)('keeps %s as it is', (dtype) => {
    const data = dtype === 'bool' ? Uint8Array.of(0, 1) : Int32Array.of(0, -4);
    expect(roundTrip({ dtype, shape: [2], data })).toEqual({ dtype, shape: [2], data });
  });
});

describe('unpackTensor', () => {
  const source = sparse(1000, [3, 259, 260, 516]);
  const { encoding, parts } = packTensor(source);
  const unpack = (changes: Record<string, unknown>, shape = [1000]) =>
    unpackTensor('w', { dtype: 'float32', shape, encoding }, (suffix) =>
      suffix in changes ? (changes[suffix] as never) : parts.get(suffix),
    );

  test('a missing part is an error', () => {
    expect(() => unpack({ ':values': undefined })).toThrow(
      /"w" \(gaps8\) is damaged: its values are missing/,
    );
  });
  test('an element beyond the end is an error', () => {
    expect(() => unpack({}, [500])).toThrow(/there are 4 values for 500 elements/);
  });
  test('too few values are an error', () => {
    const values = { dtype: 'F32', shape: [3], data: new Float32Array(3) };
    expect(() => unpack({ ':values': values })).toThrow(/names 4 elements; there are 3 values/);
  });
});
