import { describe, expect, test } from '@jest/globals';
import { replaceGradient } from '../ops/replace-gradient.ts';
import { mul } from '../ops/mul.ts';
import { square } from '../ops/square.ts';
import { sum } from '../ops/sum.ts';
import { variable } from '../ops/variable.ts';
import { differenceOf } from './difference.ts';
import { gradientDifference } from './gradient-difference.ts';

const floats = (...data: number[]) => ({
  dtype: 'float32' as const,
  shape: [data.length],
  data: Float64Array.from(data),
});

describe('differenceOf', () => {
  test('accepts NaN for NaN, infinity for infinity and the nearest float32', () => {
    const expected = floats(NaN, -Infinity, 0.1);
    expect(
      differenceOf({ ...expected, data: [NaN, -Infinity, Math.fround(0.1)] }, expected, {
        exact: true,
      }),
    ).toBeUndefined();
  });

  test('names the first element that differs', () => {
    expect(differenceOf(floats(1, 2.1), floats(1, 2))).toBe('element 1: expected 2, received 2.1');
    expect(differenceOf(floats(NaN), floats(1))).toBe('element 0: expected 1, received NaN');
    expect(differenceOf(floats(1), floats(NaN))).toBe('element 0: expected NaN, received 1');
  });

  test('measures relative to large numbers and absolutely below 1', () => {
    expect(differenceOf(floats(1000.005), floats(1000))).toBeUndefined();
    expect(differenceOf(floats(0.00002), floats(0))).toMatch('element 0');
  });

  test('takes integers exactly, whatever the tolerance', () => {
    const integers = { dtype: 'int32' as const, shape: [1], data: Int32Array.of(1000000) };
    expect(differenceOf({ ...integers, data: [1000001] }, integers, { tolerance: 1 })).toMatch(
      'element 0',
    );
  });

  test('compares types and shapes first', () => {
    expect(differenceOf({ ...floats(1), shape: [1, 1] }, floats(1))).toBe(
      'expected float32 [1], received float32 [1, 1]',
    );
  });
});

describe('gradientDifference', () => {
  const x = variable('x', [2]);
  const at = { wrt: new Map([['x', x]]), variables: new Map([['x', floats(1, 2)]]) };

  test('finds nothing in a right gradient', () => {
    expect(gradientDifference({ ...at, loss: sum(square(x)) })).toBeUndefined();
  });

  test('finds a wrong gradient', () => {
    const loss = sum(replaceGradient(square(x), mul(2, x)));
    expect(gradientDifference({ ...at, loss })).toMatch(
      /^element 1 of "x": gradient 2, finite difference [34]\.\d+/,
    );
  });
});
