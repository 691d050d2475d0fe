import { PareError } from '@pare/core';
import type { Random } from '@pare/core';
import type { EvaluationTransform, TrainTransform } from './transform-options.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of an image. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** What is seen of an image: a part of it, scaled, of which a part is taken again, mirrored or not. */
export interface View {
  readonly part: Box;
  readonly scaled: Size;
  readonly window: Box;
  readonly mirrored: boolean;
}

const ATTEMPTS = 10;

/** The whole of an image or of a scaled part. */
export const wholeOf = ({ width, height }: Size): Box => ({ left: 0, top: 0, width, height });

/**
 * A random part of the area and ratio that the transform allows, scaled to `shape`; after ten parts that did not fit the
 * largest middle one of an allowed ratio. Draws as RandomResizedCrop of torchvision does, and then the flip.
 */
export function randomView(
  image: Size,
  shape: Size,
  { area, ratio, flip }: Pick<TrainTransform, 'area' | 'ratio' | 'flip'>,
  random: Random,
): View {
  const part = randomPart(image, area, ratio, random) ?? middlePart(image, ratio);
  return { part, scaled: shape, window: wholeOf(shape), mirrored: random.uniform() < flip };
}

function randomPart(
  image: Size,
  area: TrainTransform['area'],
  ratio: TrainTransform['ratio'],
  random: Random,
): Box | undefined {
  const logRatio = [Math.log(ratio[0]), Math.log(ratio[1])] as const;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const pixels = image.width * image.height * between(area, random);
    const proportion = Math.exp(between(logRatio, random));
    const width = Math.round(Math.sqrt(pixels * proportion));
    const height = Math.round(Math.sqrt(pixels / proportion));
    if (width < 1 || height < 1 || width > image.width || height > image.height) continue;
    const top = random.integer(image.height - height + 1);
    const left = random.integer(image.width - width + 1);
    return { left, top, width, height };
  }
  return undefined;
}

const between = ([low, high]: readonly [number, number], random: Random): number =>
  low + (high - low) * random.uniform();

function middlePart(image: Size, [least, most]: TrainTransform['ratio']): Box {
  const proportion = Math.min(most, Math.max(least, image.width / image.height));
  const width = Math.min(image.width, Math.max(1, Math.round(image.height * proportion)));
  const height = Math.min(image.height, Math.max(1, Math.round(image.width / proportion)));
  const left = Math.floor((image.width - width) / 2);
  return { left, top: Math.floor((image.height - height) / 2), width, height };
}

/**
 * The image with its shorter side scaled to `resize`, of which the middle is taken, as Resize and CenterCrop of torchvision do.
 * Without `resize` the image is scaled so that it just covers `shape`.
 */
export function centerView(image: Size, shape: Size, { resize }: EvaluationTransform): View {
  const scaled = resize === undefined ? covering(image, shape) : shorterSide(image, resize);
  const window = {
    left: halfToEven(scaled.width - shape.width),
    top: halfToEven(scaled.height - shape.height),
    ...shape,
  };
  return { part: wholeOf(image), scaled, window, mirrored: false };
}

function shorterSide({ width, height }: Size, side: number): Size {
  return width <= height
    ? { width: side, height: Math.trunc((side * height) / width) }
    : { width: Math.trunc((side * width) / height), height: side };
}

function covering(image: Size, shape: Size): Size {
  const scale = Math.max(shape.width / image.width, shape.height / image.height);
  return {
    width: Math.max(shape.width, Math.round(image.width * scale)),
    height: Math.max(shape.height, Math.round(image.height * scale)),
  };
}

/** n / 2 rounded as Python does: an odd pixel goes to the side that makes the number even. */
const halfToEven = (n: number): number => Math.floor(n / 2) + (n % 4 === 3 ? 1 : 0);

/** Throws DATASET_BAD_TRANSFORM where the centre crop would be larger than the image. */
export function checkResize(name: string, shape: Size, { resize }: EvaluationTransform): void {
  const side = Math.max(shape.width, shape.height);
  if (resize === undefined || resize >= side) return;
  throw new PareError(
    'DATASET_BAD_TRANSFORM',
    `${name}: evaluation images are scaled to a shorter side of "resize" before ${shape.height} x ${shape.width} are cut out; expected at least ${side}, received ${resize}.`,
  );
}
