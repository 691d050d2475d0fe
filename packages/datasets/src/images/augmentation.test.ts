import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { trainTransformOption } from '../encoded/transform-options.ts';
import { augmentOption, checkPadding, drawPlacement, resolveAugmentation } from './augmentation.ts';

const option = augmentOption('none');
const resolve = (value: unknown) => resolveAugmentation(option.parse(value));

describe('the option augment', () => {
  test('has the default of its data set', () => {
    expect(resolve(undefined)).toBeUndefined();
    expect(augmentOption('standard').parse(undefined)).toBe('standard');
  });

  test('"standard": 4 black pixels around, a crop, half of the images mirrored', () => {
    expect(resolve('standard')).toEqual({ padding: 4, fill: 'black', flip: 0.5 });
    expect(resolve({})).toEqual(resolve('standard'));
  });

  test('changes what is said', () => {
    expect(resolve({ flip: 0 })).toEqual({ padding: 4, fill: 'black', flip: 0 });
    expect(resolve({ padding: 2, fill: 'mean', flip: 1 })).toEqual({
      padding: 2,
      fill: 'mean',
      flip: 1,
    });
    expect(resolve({ crop: 'center' })).toMatchObject({ padding: 0, flip: 0.5 });
    expect(resolve({ crop: 'center', flip: 0 })).toBeUndefined();
    expect(resolve({ padding: 0, flip: 0 })).toBeUndefined();
  });

  test('means the same in data sets of image files', () => {
    const there = trainTransformOption.parse({ crop: 'padded' });
    expect(there).toMatchObject(option.parse({}) as object);
  });

  test.each(['crop', { padding: -1 }, { fill: 'white' }, { flip: 2 }, { turn: true }])(
    'refuses %j',
    (value) => expect(option.safeParse(value).success).toBe(false),
  );

  test('refuses crops that could lie beside the image', () => {
    expect(() => checkPadding(3, 5, 4)).not.toThrow();
    expect(() => checkPadding(4, 5, 4)).toThrow(
      'augment: padding must be smaller than the images, 5 x 4, or crops show nothing of them; received 4. Set it to 3 or less.',
    );
  });
});

describe('placements', () => {
  const placements = Array.from({ length: 8100 }, (_, position) =>
    drawPlacement(
      { padding: 1, fill: 'black', flip: 0.5 },
      new SeededRandom(5).fork('augmentation').fork(`${position}`),
    ),
  );

  test('are every row, column and mirroring equally often, at positions that follow each other', () => {
    const counts = new Map<string, number>();
    for (const { top, left, flip } of placements) {
      const key = `${top} ${left} ${flip}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(18);
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 450) ** 2 / 450, 0);
    // 17 degrees of freedom: 40.8 in one of a thousand seeds.
    expect(chiSquare).toBeLessThan(40.8);
  });

  test('do not depend on those before', () => {
    const same = placements.filter(({ top, left, flip }, i) => {
      const before = placements[i - 1];
      return before?.top === top && before.left === left && before.flip === flip;
    });
    // 1 of 18, with a deviation of 21.
    expect(Math.abs(same.length - 450)).toBeLessThan(70);
  });

  test('without flip are never mirrored, without padding never moved', () => {
    const draw = (padding: number, flip: number | false) =>
      Array.from({ length: 40 }, (_, seed) =>
        drawPlacement({ padding, fill: 'black', flip }, new SeededRandom(seed)),
      );
    for (const never of [0, false] as const) {
      expect(draw(4, never).some(({ flip }) => flip)).toBe(false);
    }
    expect(draw(0, 1).every(({ top, left, flip }) => top === 0 && left === 0 && flip)).toBe(true);
  });
});
