import { expect, test } from '@jest/globals';
import { expandFactors } from './factors.ts';

const expand = (matrix: [number, number], u: number[], v: number[]) => {
  const rank = u.length / matrix[0];
  return [
    ...expandFactors({
      kind: 'factors',
      shape: matrix,
      matrix,
      rank,
      u: Float32Array.from(u),
      v: Float32Array.from(v),
      singularValues: new Float64Array(),
    }),
  ];
};

test('factors of any rank are multiplied', () => {
  expect(expand([2, 3], [1, 2], [3, 4, 5])).toEqual([3, 4, 5, 6, 8, 10]);
  expect(expand([2, 3], [1, 1, 0, 1], [1, 2, 3, 4, 5, 6])).toEqual([5, 7, 9, 4, 5, 6]);
  expect(expand([3, 2], [1, 2, 3, 4, 5, 6], [0, 1, 1, 0])).toEqual([2, 1, 4, 3, 6, 5]);
  expect(expand([2, 3], [], [])).toEqual([0, 0, 0, 0, 0, 0]);
});

test('an identity on either side leaves the other factor, in memory of its own', () => {
  const identity = [1, 0, 0, 1];
  expect(expand([2, 3], identity, [1, 2, 3, 4, 5, 6])).toEqual([1, 2, 3, 4, 5, 6]);
  expect(expand([3, 2], [1, 2, 3, 4, 5, 6], identity)).toEqual([1, 2, 3, 4, 5, 6]);
  const v = new Float32Array([5, 6]);
  const delta = expandFactors({
    kind: 'factors',
    shape: [1, 2],
    matrix: [1, 2],
    rank: 1,
    u: Float32Array.of(1),
    v,
    singularValues: new Float64Array(),
  });
  expect(delta).toEqual(v);
  expect(delta.buffer).not.toBe(v.buffer);
});
