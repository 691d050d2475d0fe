import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import fc from 'fast-check';
import { centerView, checkResize, randomView } from './view.ts';
import type { TrainTransform } from './transform-options.ts';
import type { Size } from './view.ts';

const shape = { width: 224, height: 224 };
const usual = {
  area: [0.08, 1],
  ratio: [3 / 4, 4 / 3],
  flip: 0.5,
} satisfies Partial<TrainTransform>;
const views = (image: Size, count: number, transform = {}) =>
  Array.from({ length: count }, (_, seed) =>
    randomView(image, shape, { ...usual, ...transform }, new SeededRandom(seed)),
  );
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('random parts', () => {
  test('lie in the image and become the whole shape', () => {
    const sides = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(sides, sides, fc.integer(), (width, height, seed) => {
        const view = randomView({ width, height }, shape, usual, new SeededRandom(seed));
        const { part } = view;
        expect(
          Math.min(part.left, part.top, part.width - 1, part.height - 1),
        ).toBeGreaterThanOrEqual(0);
        expect(part.left + part.width).toBeLessThanOrEqual(width);
        expect(part.top + part.height).toBeLessThanOrEqual(height);
        expect(view.scaled).toEqual(shape);
        expect(view.window).toEqual({ left: 0, top: 0, ...shape });
      }),
    );
  });

  test('have areas, ratios, places and flips as drawn by torchvision', () => {
    const image = { width: 500, height: 375 };
    const drawn = views(image, 10_000);
    const areas = drawn.map(({ part }) => (part.width * part.height) / (500 * 375));
    // Means of 100,000 draws of RandomResizedCrop in torchvision 0.28.
    expect(mean(areas)).toBeCloseTo(0.432, 2);
    expect(Math.min(...areas)).toBeGreaterThan(0.078);
    expect(mean(drawn.map(({ part }) => part.width / part.height))).toBeCloseTo(1.045, 2);
    expect(mean(drawn.map(({ part }) => part.left + part.width / 2)) / 250).toBeCloseTo(1, 2);
    expect(mean(drawn.map(({ part }) => part.top + part.height / 2)) / 187.5).toBeCloseTo(1, 2);
    expect(mean(drawn.map(({ mirrored }) => Number(mirrored)))).toBeCloseTo(0.5, 2);
  });

  test.each([
    [
      { width: 1000, height: 10 },
      { left: 493, top: 0, width: 13, height: 10 },
    ],
    [
      { width: 9, height: 1000 },
      { left: 0, top: 494, width: 9, height: 12 },
    ],
  ])('of %j are the middle where no part fits', (image, part) => {
    // A whole area of an allowed ratio never fits such a strip.
    expect(views(image, 3, { area: [1, 1] }).map((view) => view.part)).toEqual([part, part, part]);
  });

  test('are mirrored always or never where the probability is 1 or 0', () => {
    const flips = (flip: number) =>
      new Set(views({ width: 50, height: 50 }, 50, { flip }).map(({ mirrored }) => mirrored));
    expect([flips(0), flips(1)]).toEqual([new Set([false]), new Set([true])]);
  });
});

describe('the centre of an image scaled to a shorter side of 256', () => {
  // Sizes and places from Resize and CenterCrop of torchvision.
  test.each([
    [500, 375, 224, 341, 256, 58, 16],
    [500, 375, 227, 341, 256, 57, 14],
    [333, 500, 224, 256, 384, 16, 80],
    [333, 500, 227, 256, 384, 14, 78],
    [256, 300, 227, 256, 300, 14, 36],
    [200, 100, 224, 512, 256, 144, 16],
    [512, 511, 227, 256, 256, 14, 14],
  ])('%d x %d, cut to %d', (width, height, side, scaledWidth, scaledHeight, left, top) => {
    const square = { width: side, height: side };
    expect(centerView({ width, height }, square, { resize: 256 })).toEqual({
      part: { left: 0, top: 0, width, height },
      scaled: { width: scaledWidth, height: scaledHeight },
      window: { left, top, ...square },
      mirrored: false,
    });
  });
});

describe('without a shorter side', () => {
  test('an image of the right size is taken as it is', () => {
    const view = centerView(shape, shape, {});
    expect([view.part, view.window]).toEqual(Array(2).fill({ left: 0, top: 0, ...shape }));
    expect(view.scaled).toEqual(shape);
  });

  test('another one is scaled to cover the shape, of which the middle is taken', () => {
    const { scaled, window } = centerView(
      { width: 100, height: 50 },
      { width: 32, height: 32 },
      {},
    );
    expect(scaled).toEqual({ width: 64, height: 32 });
    expect(window).toEqual({ left: 16, top: 0, width: 32, height: 32 });
  });
});

test('a shorter side below the size of the crop is refused', () => {
  expect(() => checkResize('set', { width: 224, height: 200 }, { resize: 223 })).toThrow(
    'set: evaluation images are scaled to a shorter side of "resize" before 200 x 224 are cut out; expected at least 224, received 223.',
  );
  expect(() => checkResize('set', shape, { resize: 224 })).not.toThrow();
});
