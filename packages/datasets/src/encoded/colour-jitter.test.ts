import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import {
  changeBrightness,
  changeContrast,
  changeSaturation,
  drawColourJitter,
} from './colour-jitter.ts';
import { bytesOf, pil } from './testing/pil-fixture.ts';
import type { ColourChange } from './colour-jitter.ts';

const change = (by: ColourChange, values: readonly number[]) => {
  const pixels = Uint8Array.from(values);
  by(pixels);
  return [...pixels];
};
const changes = {
  brightness: changeBrightness,
  contrast: changeContrast,
  saturation: changeSaturation,
};

test.each(pil.enhanced)(
  '$change by $factor gives the bytes of PIL',
  ({ factor, rgb, ...entry }) => {
    const by = changes[entry.change](factor);
    expect(change(by, bytesOf(pil.patch))).toEqual(bytesOf(rgb));
  },
);

describe('drawn changes', () => {
  const image = [10, 20, 30, 200, 100, 50];
  const draw = (strengths: object, seed: number) => {
    const drawn = drawColourJitter(
      { brightness: 0, contrast: 0, saturation: 0, ...strengths },
      new SeededRandom(seed),
    );
    return drawn.reduce((pixels, by) => change(by, pixels), image);
  };
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);

  test('are none where all strengths are 0', () => {
    expect(
      drawColourJitter({ brightness: 0, contrast: 0, saturation: 0 }, new SeededRandom(1)),
    ).toEqual([]);
  });

  test('multiply brightness by numbers from 1 - strength to 1 + strength', () => {
    const factors = seeds.map((seed) => draw({ brightness: 0.5 }, seed)[3]! / 200);
    expect(Math.min(...factors)).toBeGreaterThan(0.49);
    expect(Math.min(...factors)).toBeLessThan(0.6);
    expect(Math.max(...factors)).toBeGreaterThan(1.2);
    expect(draw({ brightness: 0.5 }, 7)).toEqual(draw({ brightness: 0.5 }, 7));
  });

  test('come in every order', () => {
    // Dark first, then contrast: not the same as the other way round.
    const strengths = { brightness: 1, contrast: 1 };
    const apart = (seed: number) => {
      const drawn = drawColourJitter({ saturation: 0, ...strengths }, new SeededRandom(seed));
      const black = change(drawn[0]!, [0, 0, 0, 90, 90, 90]);
      // Brightness leaves black alone, and contrast does not.
      return black[0] === 0 && black[3] !== 0;
    };
    expect(new Set(seeds.map(apart))).toEqual(new Set([true, false]));
  });
});
