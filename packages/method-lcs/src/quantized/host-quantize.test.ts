import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uniformFill } from '../testing/name-fill.ts';
import { narrowest } from './quantize.ts';
import { hostOwnRange, hostQuantize, hostQuantizeWeight, hostScaleOf } from './host-quantize.ts';

const tensor = (data: ArrayLike<number>) =>
  ({ dtype: 'float32', shape: [data.length], data: Float32Array.from(data) }) as const;
const quantized = (data: ArrayLike<number>, bits: number) =>
  hostQuantizeWeight(tensor(data), bits, 'w').data;

// Expected numbers come from the authors' code.

describe('the scale of a range', () => {
  test.each([
    [-1.7, 2.3, 3, 0.571428571, -1],
    [-1.7, 2.3, 4, 0.266666667, -2],
    [-1.7, 2.3, 8, 0.0156862745, -20],
    [0, 5, 3, 0.714285714, -4],
    [-3, 0, 3, 0.428571429, 3],
    [-0.01, 1, 8, 0.00396078431, -125],
  ])('from %s to %s with %s bits', (least, greatest, bits, step, zero) => {
    const scale = hostScaleOf({ least, greatest }, bits);
    expect(scale.step / step).toBeCloseTo(1, 6);
    expect(scale.zero).toBe(zero);
    expect(scale.last - scale.first).toBe(2 ** bits - 1);
    expect(scale.first + zero).toBe(-(2 ** (bits - 1)));
  });

  test.each([
    [1, 0],
    [0.5, 1],
    [-2, -1],
    [NaN, 1],
  ])('from %s to %s is an error', (least, greatest) => {
    expect(() => hostScaleOf({ least, greatest }, 4)).toThrow(
      `a quantizer needs a range that contains 0; received ${least} to ${greatest}.`,
    );
  });
});

describe('quantized numbers', () => {
  const x = [-3, -1.7, -0.9, -0.3, -0.28, 0, 0.2857, 0.3, 0.86, 1.9, 2.3, 7];

  test.each([
    [3, [-4, -4, -3, -2, -1, -1, -1, 0, 1, 2, 3, 3], -1.714286],
    [8, [-128, -128, -77, -39, -38, -20, -2, -1, 35, 101, 127, 127], -1.694118],
  ])('at %s bits of the range -1.7 to 2.3', (bits, levels, first) => {
    const scale = hostScaleOf({ least: -1.7, greatest: 2.3 }, bits);
    const y = hostQuantize(x, scale);
    expect([...y].map((value) => Math.round(value / scale.step) + scale.zero)).toEqual(levels);
    expect(y[0]).toBeCloseTo(first, 6);
  });

  test('of their own range', () => {
    const y = quantized(uniformFill(5, 8), 3);
    const expected = [
      0.3929178, 0.5893767, -0.5893767, 0.1964589, -0.7858356, 0.1964589, 0.3929178, 0,
    ];
    expected.forEach((value, i) => expect(y[i]).toBeCloseTo(value, 6));
  });

  test('are all 0 in the empty range', () => {
    expect([...quantized([0, 0, 0], 3)]).toEqual([0, 0, 0]);
    const scale = hostScaleOf({ least: 0, greatest: 0 }, 3);
    expect([...hostQuantize([1.5, 40], scale)]).toEqual([0, 0]);
    expect([...quantized([1e-38, 0], 3)]).toEqual([0, 0]);
  });

  test.each([NaN, Infinity, 2e10, -2e10])('%s is an error that names the tensor', (value) => {
    expect(() => hostOwnRange([1, value], 'conv.weight')).toThrow(
      `cannot quantize "conv.weight": element 1 is ${value}; expected numbers within ±1e10.`,
    );
  });
});

describe('for all tensors', () => {
  const numbers = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), {
    minLength: 1,
    maxLength: 50,
  });
  const bits = fc.integer({ min: 2, max: 8 });

  test('there are at most 2^b levels, 0 among them', () => {
    fc.assert(
      fc.property(numbers, bits, (data, b) => {
        expect(new Set(quantized([...data, 0], b)).size).toBeLessThanOrEqual(2 ** b);
        expect(Math.abs(quantized([...data, 0], b).at(-1)!)).toBe(0);
      }),
    );
  });

  test('the error is at most one step: half of it, and the zero point is rounded too', () => {
    fc.assert(
      fc.property(numbers, bits, (data, b) => {
        const { step } = hostScaleOf(hostOwnRange(data, 'w'), b);
        const y = quantized(data, b);
        data.forEach((value, i) =>
          expect(Math.abs(y[i]! - value)).toBeLessThanOrEqual(step * 1.001 + narrowest),
        );
      }),
    );
  });

  test('order stays', () => {
    fc.assert(
      fc.property(numbers, bits, (data, b) => {
        const y = quantized(
          data.sort((p, q) => p - q),
          b,
        );
        expect([...y]).toEqual([...y].sort((p, q) => p - q));
      }),
    );
  });
});
