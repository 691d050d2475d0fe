import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { floatValues } from './float-values.ts';
import type { SafetensorsData, SafetensorsType } from '../artifact/element-types.ts';

const values = (dtype: SafetensorsType, data: SafetensorsData) => [
  ...(floatValues({ dtype, shape: [data.length], data }) ?? []),
];

describe('floating-point numbers of a file as float32', () => {
  test('float16 has its published values', () => {
    // One, the largest, the smallest normal and subnormal one, a third, -2, -0, infinities.
    const bits = [0x3c00, 0x7bff, 0x0400, 0x0001, 0x3555, 0xc000, 0x8000, 0x7c00, 0xfc00];
    const expected = [1, 65504, 2 ** -14, 2 ** -24, 0.333251953125, -2, -0, Infinity, -Infinity];
    expect(values('F16', Uint16Array.from(bits))).toEqual(expected);
    expect(values('F16', Uint16Array.of(0x7c01))).toEqual([NaN]);
  });

  test('bfloat16 is the upper half of a float32', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        const view = new DataView(new ArrayBuffer(4));
        view.setUint16(0, bits);
        expect(values('BF16', Uint16Array.of(bits))).toEqual([view.getFloat32(0)]);
      }),
    );
    expect(values('BF16', Uint16Array.of(0x3f80, 0xc049))).toEqual([1, -3.140625]);
  });

  test('float64 is rounded, float32 is as it is', () => {
    expect(values('F64', Float64Array.of(0.1, 1e300))).toEqual([Math.fround(0.1), Infinity]);
    expect(values('F32', Float32Array.of(0.5))).toEqual([0.5]);
  });

  test('whole numbers are none', () => {
    for (const [dtype, data] of [
      ['I64', BigInt64Array.of(1n)],
      ['I32', Int32Array.of(1)],
      ['U16', Uint16Array.of(1)],
      ['BOOL', Uint8Array.of(1)],
    ] as const)
      expect(floatValues({ dtype, shape: [1], data })).toBeUndefined();
  });
});
