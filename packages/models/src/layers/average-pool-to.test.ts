import { expect, test } from '@jest/globals';
import { input, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { averagePoolTo } from './average-pool-to.ts';

/** Means of an image of one channel. */
function pooled(rows: readonly (readonly number[])[], size: number): number[] {
  const shape = [1, rows.length, rows[0]!.length, 1];
  const y = averagePoolTo(input('x', shape), size);
  const feeds = { x: { shape, data: Float32Array.from(rows.flat()) } };
  return [...evaluate(program({ outputs: { y } }), feeds).outputs.y!.data];
}

test('sides that divide are averaged in blocks', () => {
  const rows = [
    [1, 3, 10, 20],
    [5, 7, 30, 40],
  ];
  expect(pooled(rows, 2)).toEqual([2, 15, 6, 35]);
  expect(pooled(rows, 1)).toEqual([14.5]);
});

test('other sides give windows that overlap, as in adaptive pooling of PyTorch', () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];
  expect(pooled(rows, 2)).toEqual([3, 4, 6, 7]);
});

test('an image of the size stays the same value', () => {
  const x = input('x', ['batch', 7, 7, 4]);
  expect(averagePoolTo(x, 7)).toBe(x);
  expect(averagePoolTo(input('x', ['batch', 9, 7, 4]), 7).shape).toEqual(['batch', 7, 7, 4]);
});
