import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { augmentOption, drawPlacement, resolveAugmentation } from './augmentation.ts';

const option = augmentOption('none');
const resolve = (value: unknown) => resolveAugmentation(option.parse(value));

describe('the option augment', () => {
  test('has the default of its data set', () => {
    expect(resolve(undefined)).toBeUndefined();
    expect(augmentOption('standard').parse(undefined)).toBe('standard');
  });

  test('"standard": 4 black pixels around, a crop, half of the images mirrored', () => {
    expect(resolve('standard')).toEqual({ padding: 4, fill: 'black', flip: true });
  });

  test('does what is said, and nothing else', () => {
    expect(resolve({ crop: {} })).toEqual({ padding: 4, fill: 'black', flip: false });
    expect(resolve({ crop: { padding: 2, fill: 'mean' }, flip: true })).toEqual({
      padding: 2,
      fill: 'mean',
      flip: true,
    });
    expect(resolve({ flip: true })).toMatchObject({ padding: 0, flip: true });
    expect(resolve({ flip: false })).toBeUndefined();
  });

  test.each(['crop', { crop: { padding: -1 } }, { crop: { fill: 'white' } }, { turn: true }])(
    'refuses %j',
    (value) => expect(option.safeParse(value).success).toBe(false),
  );
});

describe('placements', () => {
  const placements = Array.from({ length: 8100 }, (_, position) =>
    drawPlacement(
      { padding: 1, fill: 'black', flip: true },
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
    const draw = (padding: number, flip: boolean) =>
      Array.from({ length: 40 }, (_, seed) =>
        drawPlacement({ padding, fill: 'black', flip }, new SeededRandom(seed)),
      );
    expect(draw(4, false).some(({ flip }) => flip)).toBe(false);
    expect(draw(0, true).every(({ top, left }) => top === 0 && left === 0)).toBe(true);
  });
});
