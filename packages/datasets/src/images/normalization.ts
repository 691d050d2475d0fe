import { PareError } from '@pare/core';
import { z } from 'zod';
import type { DatasetInfo } from '@pare/core';
import type { PixelTables } from './convert-pixels.ts';

const finite = z.number();
const oneOrMore = <T extends z.ZodNumber>(value: T) => z.union([value, z.array(value).min(1)]);

/** Numbers of a normalisation in an option. */
export const meanAndDeviation = z.strictObject({
  mean: oneOrMore(finite),
  deviation: oneOrMore(finite.positive()),
});

/** Option: how pixels in [0, 1] are normalised. */
export const normalizationOption = z
  .union([z.enum(['none', 'standard']), meanAndDeviation])
  .default('none')
  .describe(
    '"none": pixels in [0, 1]; "standard": mean and deviation of the data set; or { mean, deviation }, a number or one for each channel',
  );

export type Normalization = DatasetInfo['normalization'];

/** Mean and deviation for each channel; `standard` gives what "standard" means for the data set. */
export function resolveNormalization(
  option: z.output<typeof normalizationOption>,
  channels: number,
  standard: () => Normalization,
): Normalization {
  if (option === 'standard') return standard();
  if (option === 'none')
    return { mean: forEachChannel(0, channels), deviation: forEachChannel(1, channels) };
  return {
    mean: forEachChannel(option.mean, channels),
    deviation: forEachChannel(option.deviation, channels),
  };
}

function forEachChannel(value: number | readonly number[], channels: number): readonly number[] {
  const values = typeof value === 'number' ? Array<number>(channels).fill(value) : value;
  if (values.length === channels) return values;
  throw new PareError(
    'DATASET_BAD_NORMALIZATION',
    `normalization: the images have ${channels} channels; received ${values.length} values. Give one number, or one for each channel.`,
  );
}

/** Tables for convertPixels: the float32 value (byte / 255 - mean) / deviation of each byte. */
export function pixelTables({ mean, deviation }: Normalization): PixelTables {
  return mean.map((middle, channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - middle) / deviation[channel]!),
  );
}
