import { describe, expect, test } from '@jest/globals';
import { imagePlans } from './image-plan.ts';
import { trainTransformOption, transformsOption } from './transform-options.ts';
import type { z } from 'zod';

/** A row of four pixels whose channels are 10, 20, 30 and 40 times 1, 2 and 3. */
const row = [10, 20, 30, 40].flatMap((value) => [value, 2 * value, 3 * value]);
const size = { width: 4, height: 1 };

function plans(train: z.input<typeof trainTransformOption>, pass: { seed?: number } = { seed: 1 }) {
  return imagePlans(
    {
      shape: [1, 4, 3],
      transforms: transformsOption.parse({ train }),
      normalization: { mean: [0.1, 0.1, 0.1], deviation: [1 / 255, 1 / 255, 1 / 255] },
    },
    pass.seed,
  );
}

/** Reds of the image at a position, in bytes. */
function reds(plan: ReturnType<ReturnType<typeof plans>>, pixels = Uint8Array.from(row)): number[] {
  const to = new Float32Array(12);
  plan.write(pixels, to);
  return [...to].filter((_, i) => i % 3 === 0).map((value) => Math.round(value + 25.5));
}

const positions = Array.from({ length: 200 }, (_, position) => position);
const still = { crop: 'center', flip: 0 } as const;

describe('what is done to an image', () => {
  test('is nothing in a pass in order', () => {
    const plan = plans({ brightness: 1, lighting: 1 }, {})(5);
    expect(reds(plan)).toEqual([10, 20, 30, 40]);
    expect(plan.view(size)).toMatchObject({ part: { width: 4 }, mirrored: false });
  });

  test('is a flip of half of the images', () => {
    const flipped = positions.map(
      (position) => reds(plans({ crop: 'center' })(position))[0] === 40,
    );
    expect(flipped.filter(Boolean).length).toBeGreaterThan(70);
    expect(flipped.filter(Boolean).length).toBeLessThan(130);
    expect(reds(plans({ crop: 'center', flip: 1 })(0))).toEqual([40, 30, 20, 10]);
  });

  test.each([
    ['black', 0],
    ['mean', 26],
  ] as const)('is a move of up to the padding, with %s around', (fill, outside) => {
    const seen = positions.map((position) =>
      reds(plans({ crop: 'padded', padding: 1, flip: 0, fill })(position)).join(),
    );
    const empty = Array(4).fill(outside).join();
    expect([...new Set(seen)].toSorted()).toEqual(
      ['10,20,30,40', `${outside},10,20,30`, `20,30,40,${outside}`, empty].toSorted(),
    );
  });

  test('is a change of colours that leaves the given bytes alone', () => {
    const pixels = Uint8Array.from(row);
    const brightest = positions.map(
      (position) => reds(plans({ ...still, brightness: 0.5 })(position), pixels)[3]!,
    );
    expect(Math.min(...brightest)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...brightest)).toBeLessThanOrEqual(60);
    expect(new Set(brightest).size).toBeGreaterThan(20);
    expect([...pixels]).toEqual(row);
  });

  test('is the same light on every pixel', () => {
    for (const position of positions.slice(0, 20)) {
      const [first, second, third, fourth] = reds(plans({ ...still, lighting: 1 })(position));
      expect(Math.abs(second! - first! - 10)).toBeLessThanOrEqual(1);
      expect(Math.abs(fourth! - third! - 10)).toBeLessThanOrEqual(1);
    }
    const lights = positions.map((position) => reds(plans({ ...still, lighting: 1 })(position))[0]);
    expect(new Set(lights).size).toBeGreaterThan(50);
  });

  test('does not depend on how often the view is asked for, nor on images before', () => {
    const all = plans({ brightness: 0.5 });
    const large = { width: 100, height: 80 };
    const views = positions.map((position) => all(position).view(large));
    const again = plans({ brightness: 0.5 })(150);
    again.view({ width: 7, height: 7 });
    expect(again.view(large)).toEqual(views[150]);
    expect(reds(again)).toEqual(reds(all(150)));
    expect(new Set(views.map(({ part }) => `${part.left} ${part.top}`)).size).toBeGreaterThan(100);
  });
});

describe('options of transforms', () => {
  test('say which number may not be the larger', () => {
    expect(trainTransformOption.safeParse({ area: [0.5, 0.4] }).error?.issues[0]).toMatchObject({
      path: ['area'],
      message: 'the first number must not be the larger',
    });
  });

  test('are those of ImageNet by default', () => {
    expect(trainTransformOption.parse(undefined)).toMatchObject({
      crop: 'resized',
      area: [0.08, 1],
      ratio: [0.75, 4 / 3],
      flip: 0.5,
      brightness: 0,
      lighting: 0,
    });
  });
});
