import type { Random } from '@pare/core';
import type { TrainTransform } from './transform-options.ts';

/** Changes RGB bytes in place. */
export type ColourChange = (pixels: Uint8Array) => void;

/** Brightness is multiplied by `factor`; as ImageEnhance.Brightness of PIL. */
export const changeBrightness =
  (factor: number): ColourChange =>
  (pixels) =>
    map(pixels, blendTable(0, factor));

/** Differences from the mean grey are multiplied by `factor`; as ImageEnhance.Contrast of PIL. */
export const changeContrast =
  (factor: number): ColourChange =>
  (pixels) =>
    map(pixels, blendTable(Math.floor(meanGrey(pixels) + 0.5), factor));

/** Differences from each pixel's own grey are multiplied by `factor`; as ImageEnhance.Color of PIL. */
export const changeSaturation =
  (factor: number): ColourChange =>
  (pixels) => {
    const share = Math.fround(factor);
    for (let i = 0; i < pixels.length; i += 3) {
      const grey = greyAt(pixels, i);
      for (let c = i; c < i + 3; c++) pixels[c] = blend(grey, pixels[c]!, share);
    }
  };

type Strengths = Pick<TrainTransform, 'brightness' | 'contrast' | 'saturation'>;

/** Changes of one image, in random order; as ColorJitter of torchvision. Empty where all strengths are 0. */
export function drawColourJitter(
  { brightness, contrast, saturation }: Strengths,
  random: Random,
): ColourChange[] {
  const changes = [
    brightness > 0 && changeBrightness(factor(brightness, random)),
    contrast > 0 && changeContrast(factor(contrast, random)),
    saturation > 0 && changeSaturation(factor(saturation, random)),
  ].filter((change) => change !== false);
  for (let last = changes.length - 1; last > 0; last--) {
    const pick = random.integer(last + 1);
    [changes[last], changes[pick]] = [changes[pick]!, changes[last]!];
  }
  return changes;
}

function factor(strength: number, random: Random): number {
  const least = Math.max(0, 1 - strength);
  return least + (1 + strength - least) * random.uniform();
}

/** L of PIL (ITU-R 601-2) in fixed point. */
const greyAt = (pixels: Uint8Array, i: number): number =>
  (pixels[i]! * 19595 + pixels[i + 1]! * 38470 + pixels[i + 2]! * 7471 + 0x8000) >> 16;

function meanGrey(pixels: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 3) sum += greyAt(pixels, i);
  return sum / (pixels.length / 3);
}

/** base + share (value - base) in float32, clamped and cut off, as Image.blend of PIL. */
function blend(base: number, value: number, share: number): number {
  const blended = Math.fround(base + Math.fround(share * (value - base)));
  return blended <= 0 ? 0 : blended >= 255 ? 255 : Math.trunc(blended);
}

function blendTable(base: number, factor: number): Uint8Array {
  const share = Math.fround(factor);
  return Uint8Array.from({ length: 256 }, (_, value) => blend(base, value, share));
}

function map(pixels: Uint8Array, table: Uint8Array): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[pixels[i]!]!;
}
