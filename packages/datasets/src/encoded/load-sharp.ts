import { PareError } from '@pare/core';
import type { SharpConstructor } from 'sharp';

let loading: Promise<SharpConstructor> | undefined;

/** The image decoder, loaded the first time. */
export const loadSharp = (): Promise<SharpConstructor> => (loading ??= importSharp());

/** Loads the decoder and sets it up. Throws DATASET_DECODER_NOT_FOUND where the package is missing. */
export async function importSharp(
  load: () => Promise<{ readonly default: SharpConstructor }> = () => import('sharp'),
): Promise<SharpConstructor> {
  const { default: sharp } = await load().catch((error: Error) => {
    throw new PareError(
      'DATASET_DECODER_NOT_FOUND',
      `Images are decoded by the npm package sharp, which cannot be loaded: ${error.message.split('\n')[0]} ` +
        'Install it beside @pare/datasets: npm install --include=optional sharp.',
      { cause: error },
    );
  });
  // Several images at once use the cores better than several threads on one, and no image comes twice.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
