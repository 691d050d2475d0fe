import { PareError } from '@pare/core';
import { checkMemory } from './memory-limit.ts';

/** Images as bytes [count, height, width, channels] with a class number for each. */
export interface LabeledImages {
  readonly images: Uint8Array;
  readonly labels: Int32Array;
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
}

/** The same images with `pixels` black pixels added on every side. */
export function padImages(source: LabeledImages, pixels: number): LabeledImages {
  if (pixels === 0) return source;
  const [height, width, channels] = source.shape;
  const shape = [height + 2 * pixels, width + 2 * pixels, channels] as const;
  const pixelsOfAll = source.labels.length * shape[0] * shape[1] * channels;
  const what = `pad: ${pixels} pixels on every side of ${source.labels.length} images`;
  checkMemory(what, pixelsOfAll, 'Set "pad" to less.');
  const row = width * channels;
  const images = new Uint8Array(pixelsOfAll);
  for (let image = 0; image < source.labels.length; image++) {
    for (let y = 0; y < height; y++) {
      const from = (image * height + y) * row;
      const to = ((image * shape[0] + y + pixels) * shape[1] + pixels) * channels;
      images.set(source.images.subarray(from, from + row), to);
    }
  }
  return { images, labels: source.labels, shape };
}

/** The images of `first`, then those of `second`, which have the same shape. */
export function joinImages(first: LabeledImages, second: LabeledImages): LabeledImages {
  const bytes = first.images.length + second.images.length;
  checkMemory(`${first.labels.length + second.labels.length} images`, bytes);
  const images = new Uint8Array(bytes);
  images.set(first.images);
  images.set(second.images, first.images.length);
  const labels = new Int32Array(first.labels.length + second.labels.length);
  labels.set(first.labels);
  labels.set(second.labels, first.labels.length);
  return { images, labels, shape: first.shape };
}

/** Mean and deviation of each channel, of pixels in [0, 1]. */
export function channelStatistics({ images, shape }: LabeledImages): {
  mean: number[];
  deviation: number[];
} {
  const channels = shape[2];
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0; i < images.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const value = images[i + c]! / 255;
      sums[c]! += value;
      squares[c]! += value * value;
    }
  }
  const count = images.length / channels;
  const mean = [...sums].map((sum) => sum / count);
  const deviation = [...squares].map((sum, c) => Math.sqrt(sum / count - mean[c]! ** 2));
  if (deviation.some((value) => !(value > 0))) {
    throw new PareError(
      'DATASET_BAD_NORMALIZATION',
      'normalization "standard": a channel has the same value everywhere, so its deviation is 0. Use "none".',
    );
  }
  return { mean, deviation };
}
