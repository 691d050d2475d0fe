import type { Random } from '@pare/core';
import type { PixelTables } from '../images/convert-pixels.ts';
import type { Normalization } from '../images/normalization.ts';

/**
 * Principal components of the colours of ImageNet, pixels in [0, 1]: rows are red, green and blue, columns components. Numbers of
 * fb.resnet.torch, which most later code has too.
 */
const components = [
  [-0.5675, 0.7192, 0.4009],
  [-0.5808, -0.0045, -0.814],
  [-0.5836, -0.6948, 0.4203],
] as const;
const deviations = [0.2175, 0.0188, 0.0045] as const;

/** What is added to red, green and blue, pixels in [0, 1] (Krizhevsky et al. 2012, section 4.1). */
export function drawLighting(strength: number, random: Random): readonly number[] {
  const shares = deviations.map((deviation) => strength * random.normal() * deviation);
  return components.map((row) => row.reduce((sum, value, i) => sum + value * shares[i]!, 0));
}

/** Tables that also add `light` to pixels in [0, 1]; nothing is clamped. */
export const lightTables = (
  tables: PixelTables,
  light: readonly number[],
  { deviation }: Normalization,
): PixelTables =>
  tables.map((table, channel) => {
    const added = light[channel]! / deviation[channel]!;
    return table.map((value) => value + added);
  });
