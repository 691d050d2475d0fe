import { describe, expect, test } from '@jest/globals';
import { PareError } from '@pare/core';
import fc from 'fast-check';
import { parseIdx } from './parse-idx.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const header = (rank: number, ...shape: number[]) => [
  ...[0, 0, 8, rank],
  ...shape.flatMap((n) => [0, 0, n >> 8, n & 255]),
];

function failure(run: () => unknown): PareError {
  try {
    run();
  } catch (error) {
    if (error instanceof PareError) return error;
  }
  throw new Error('expected a PareError');
}

describe('parseIdx', () => {
  test('reads shape and bytes', () => {
    const { shape, data } = parseIdx(bytes(...header(3, 2, 1, 3), 1, 2, 3, 4, 5, 255), 3, 'f');
    expect(shape).toEqual([2, 1, 3]);
    expect([...data]).toEqual([1, 2, 3, 4, 5, 255]);
  });

  test('reads a view into a larger buffer', () => {
    const whole = bytes(9, 9, 9, ...header(1, 2), 6, 7);
    expect([...parseIdx(whole.subarray(3), 1, 'f').data]).toEqual([6, 7]);
  });

  test('accepts exactly the promised length', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (promised, present) => {
        const file = bytes(...header(1, promised), ...new Uint8Array(present));
        if (promised === present) {
          expect(parseIdx(file, 1, 'f').data).toHaveLength(promised);
        } else {
          const code = present < promised ? 'IDX_TRUNCATED' : 'IDX_TRAILING_BYTES';
          expect(failure(() => parseIdx(file, 1, 'f')).code).toBe(code);
        }
      }),
    );
  });

  test('says how much of a truncated file is there', () => {
    const file = bytes(...header(3, 2, 2, 2), 1, 2, 3);
    expect(failure(() => parseIdx(file, 3, '/data/x')).message).toBe(
      '/data/x: the header promises 2 x 2 x 2 = 8 bytes of data; there are 3. Get the file again.',
    );
  });

  test.each([[[]], [[0, 0]], [[0, 0, 8, 3, 0, 0]]])('calls the header %j truncated', (values) => {
    const error = failure(() => parseIdx(bytes(...values), 3, 'f'));
    expect(error.code).toBe('IDX_TRUNCATED');
    expect(error.message).toContain(`needs 16 bytes; the file has ${values.length}`);
  });

  test('counts trailing bytes', () => {
    const file = bytes(...header(1, 1), 1, 2, 3);
    expect(failure(() => parseIdx(file, 1, 'f')).message).toContain('2 bytes follow the data');
  });

  test('asks whether images and labels are exchanged', () => {
    const error = failure(() => parseIdx(bytes(...header(1, 1), 1), 3, 'f'));
    expect(error.code).toBe('IDX_BAD_MAGIC');
    expect(error.message).toContain('must begin with 0x00000803; it begins with 0x00000801');
    expect(error.message).toContain('exchanged?');
  });

  test('refuses other files', () => {
    const html = new TextEncoder().encode('<!doctype html><p>Not found</p>');
    expect(failure(() => parseIdx(html, 3, 'f')).message).toBe(
      'f: must begin with 0x00000803; it begins with 0x3c21646f. It is no IDX file of unsigned bytes.',
    );
  });
});
