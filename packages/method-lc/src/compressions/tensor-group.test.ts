import { describe, expect, test } from '@jest/globals';
import { joinTensors, splitTensors } from './tensor-group.ts';

const matrix = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
const vector = { shape: [3], data: Float32Array.of(5, 6, 7) };

describe('tensors that are compressed together', () => {
  test('are one vector, in their order', () => {
    expect(joinTensors([matrix, vector])).toEqual({
      shape: [7],
      data: Float32Array.of(1, 2, 3, 4, 5, 6, 7),
    });
  });

  test('come back as they were', () => {
    const { data } = joinTensors([matrix, vector, matrix]);
    expect(splitTensors(data, [[2, 2], [3], [2, 2]])).toEqual([matrix, vector, matrix]);
  });

  test('keep their shape where there is one alone, in memory of its own', () => {
    const joined = joinTensors([matrix]);
    expect(joined).toEqual(matrix);
    expect(joined.data).not.toBe(matrix.data);
  });

  test('that are none, or of another size, are refused', () => {
    expect(() => joinTensors([])).toThrow('at least one');
    expect(() => splitTensors(vector.data, [[2], [2]])).toThrow(
      'have 4 numbers in all; received 3',
    );
  });
});
