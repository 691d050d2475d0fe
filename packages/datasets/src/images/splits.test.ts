import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeSplits } from './splits.ts';

const images = (count: number) => ({
  images: new Uint8Array(count),
  labels: new Int32Array(count),
  shape: [1, 1, 1] as const,
});
const rows = (options: object, train = 6, held = 3) =>
  Object.fromEntries(
    [...makeSplits(images(train), images(held), { validation: 0, limit: {}, ...options })].map(
      ([split, part]) => [split, [...part.rows]],
    ),
  );

describe('splits', () => {
  test('are train and test, whole', () => {
    expect(rows({})).toEqual({ train: [0, 1, 2, 3, 4, 5], test: [0, 1, 2] });
  });

  test('hold out the last training images', () => {
    expect(rows({ validation: 2 })).toMatchObject({ train: [0, 1, 2, 3], validation: [4, 5] });
  });

  test('limit each split to its first images, after holding out', () => {
    const limit = { train: 3, validation: 1, test: 100 };
    expect(rows({ validation: 2, limit })).toEqual({
      train: [0, 1, 2],
      validation: [4],
      test: [0, 1, 2],
    });
  });

  test('with a seed hold out images that depend on the seed only, and no image twice', () => {
    const sizes = fc
      .integer({ min: 2, max: 60 })
      .chain((train) =>
        fc.tuple(fc.constant(train), fc.integer({ min: 1, max: train - 1 }), fc.integer()),
      );
    fc.assert(
      fc.property(sizes, ([count, validation, validationSeed]) => {
        const parts = rows({ validation, validationSeed }, count);
        expect(parts).toEqual(rows({ validation, validationSeed }, count));
        expect(parts.validation).toHaveLength(validation);
        const all = [...parts.train!, ...parts.validation!].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
    const [first, second] = [1, 2].map((validationSeed) =>
      rows({ validation: 20, validationSeed }, 60),
    );
    expect(first!.validation).not.toEqual(second!.validation);
    expect(first!.validation).not.toEqual(rows({ validation: 20 }, 60).validation);
  });

  test('refuse to hold out everything', () => {
    expect(() => rows({ validation: 6 })).toThrow(
      'validation: must be smaller than the 6 training images; received 6.',
    );
  });
});
