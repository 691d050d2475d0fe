import { pixelTables } from './normalization.ts';
import type { LabeledImages } from './labeled-images.ts';
import type { Normalization } from './normalization.ts';

/**
 * Subtracts the mean of all images, pixel by pixel; nothing is divided. Pixels are in [0, 1].
 *
 * Sums are rounded to float32 image after image, as numpy does it in the experiments of the LC toolkit: the mean image of
 * MNIST sums to 102.4395 there, exactly to 102.4378.
 */
export function meanImageNormalization({ images, labels, shape }: LabeledImages): Normalization {
  const pixels = shape[0] * shape[1] * shape[2];
  const sums = new Float32Array(pixels);
  const [table] = pixelTables({ mean: [0], deviation: [1] });
  for (let from = 0; from < images.length; from += pixels) {
    for (let i = 0; i < pixels; i++) sums[i]! += table![images[from + i]!]!;
  }
  const mean = Array.from(sums, (sum) => Math.fround(sum / labels.length));
  return { mean, deviation: Array<number>(shape[2]).fill(1) };
}

/** A normalisation in the two parts in which it is applied: numbers for each channel, then an image that is subtracted. */
export interface NormalizationParts {
  readonly byChannel: Normalization;
  /** Undefined where the means are those of channels. */
  readonly meanImage: Float32Array | undefined;
}

/** Tells means of pixels [height, width, channels] from means of channels. */
export function splitNormalization(
  normalization: Normalization,
  shape: readonly [number, number, number],
): NormalizationParts {
  const { mean, deviation } = normalization;
  const channels = shape[2];
  if (mean.length === channels) return { byChannel: normalization, meanImage: undefined };
  return {
    byChannel: { mean: Array<number>(channels).fill(0), deviation },
    meanImage: Float32Array.from(mean, (value, i) => value / deviation[i % channels]!),
  };
}
