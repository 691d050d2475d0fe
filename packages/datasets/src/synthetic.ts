import { SeededRandom, parseOptions } from '@pare/core';
import { z } from 'zod';
import { imageDataset } from './images/image-dataset.ts';
import { imageOptions, plainImages } from './images/image-options.ts';
import { channelStatistics } from './images/labeled-images.ts';
import { checkMemory } from './images/memory-limit.ts';
import type { Dataset, Random } from '@pare/core';
import type { LabeledImages } from './images/labeled-images.ts';

const size = z.int().positive();

/** Options of `synthetic`. */
export const syntheticOptions = z.strictObject({
  imageShape: z
    .tuple([size, size, size])
    .default([28, 28, 1])
    .describe('Height, width and channels of the images, before "pad"'),
  classes: z.int().min(2).default(10).describe('Number of classes'),
  train: size.default(6000).describe('Training images, validation images included'),
  test: size.default(1000).describe('Test images'),
  noise: z
    .number()
    .nonnegative()
    .default(0.3)
    .describe('Deviation of the noise on each pixel; prototypes have pixels in [0, 1]'),
  seed: z.int().default(0).describe('Seed of prototypes and noise'),
  ...imageOptions(plainImages),
});

type SyntheticOptions = z.output<typeof syntheticOptions>;

/** Side of the squares of equal brightness in a prototype: they survive small kernels and pooling. */
const CELL = 4;
const NOISE_BANK = 1 << 16;

/**
 * A made-up task that a network can learn: each class has a prototype of random squares, an image is its prototype with
 * noise. Labels go round 0, 1, 2, ...; the same options give the same bytes.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- data sets are created asynchronously
export async function createSynthetic(
  input: z.input<typeof syntheticOptions> = {},
): Promise<Dataset> {
  const options = parseOptions(syntheticOptions, input, { owner: 'dataset "synthetic"' });
  checkSize(options);
  const random = new SeededRandom(options.seed);
  const prototypes = makePrototypes(options, random.fork('prototypes'));
  const noise = makeNoise(options.noise, random.fork('noise'));
  const train = makeImages(options, options.train, prototypes, noise, random.fork('train'));
  const test = makeImages(options, options.test, prototypes, noise, random.fork('test'));
  return imageDataset({
    name: 'synthetic',
    classes: options.classes,
    source: `made by the data set "synthetic" with seed ${options.seed}`,
    train,
    test,
    options,
    standard: () => channelStatistics(train),
  });
}

function checkSize({ imageShape, classes, train, test }: SyntheticOptions): void {
  const pixels = imageShape.reduce((a, b) => a * b, 1);
  // Prototypes are float32, images bytes.
  const bytes = pixels * (train + test + 4 * classes);
  checkMemory(
    `synthetic: ${train + test} images of ${imageShape.join(' x ')} in ${classes} classes`,
    bytes,
  );
}

function makePrototypes(
  { imageShape, classes, train, test }: SyntheticOptions,
  random: Random,
): Float32Array[] {
  const [height, width, channels] = imageShape;
  const columns = Math.ceil(width / CELL);
  // Labels go round, so few images have few of many classes.
  const seen = Math.min(classes, Math.max(train, test));
  return Array.from({ length: seen }, () => {
    const cells = Float32Array.from(
      { length: Math.ceil(height / CELL) * columns * channels },
      () => 255 * random.uniform(),
    );
    return Float32Array.from({ length: height * width * channels }, (_, i) => {
      const [y, x] = [Math.floor(i / channels / width), Math.floor(i / channels) % width];
      const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
      return cells[cell * channels + (i % channels)]!;
    });
  });
}

/** Normal numbers to cut noise from: drawing each pixel's own would take most of the time. */
const makeNoise = (deviation: number, random: Random): Float32Array =>
  Float32Array.from({ length: NOISE_BANK }, () => 255 * deviation * random.normal());

function makeImages(
  { imageShape, classes }: SyntheticOptions,
  count: number,
  prototypes: readonly Float32Array[],
  noise: Float32Array,
  random: Random,
): LabeledImages {
  const pixels = prototypes[0]!.length;
  // Rounds and clamps to 0 ... 255 by itself.
  const images = new Uint8ClampedArray(count * pixels);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  for (let i = 0; i < count; i++) {
    const prototype = prototypes[labels[i]!]!;
    const offset = random.integer(NOISE_BANK);
    for (let p = 0; p < pixels; p++) {
      images[i * pixels + p] = prototype[p]! + noise[(offset + p) & (NOISE_BANK - 1)]!;
    }
  }
  return { images: new Uint8Array(images.buffer), labels, shape: imageShape };
}
