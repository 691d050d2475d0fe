import { PareError, SeededRandom } from '@pare/core';
import { checkPadding, drawPlacement } from './augmentation.ts';
import { convertPixels } from './convert-pixels.ts';
import { cropAndFlip } from './crop-and-flip.ts';
import { splitNormalization } from './mean-image.ts';
import { pixelTables } from './normalization.ts';
import type { Augmentation } from './augmentation.ts';
import type { Normalization } from './normalization.ts';

/** Writes the bytes of one image as normalised float32 numbers; `position` is its place in the pass. */
export type ImageWriter = (bytes: Uint8Array, to: Float32Array, position: number) => void;

/** Writers of both kinds of passes. */
export interface ImageWriters {
  /** Of a pass in order. */
  readonly plain: ImageWriter;
  /** Of a pass with a seed: what happens to an image depends on the seed and the position only. */
  readonly seeded: (seed: number) => ImageWriter;
}

/** How the bytes of images become numbers. */
export interface ImageWriting {
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
  readonly normalization: Normalization;
  readonly augmentation: Augmentation | undefined;
}

/** Throws DATASET_BAD_AUGMENTATION where the fill has no meaning (mean colour around a mean image), or the padding is too wide. */
export function imageWriters({ shape, normalization, augmentation }: ImageWriting): ImageWriters {
  const { byChannel, meanImage } = splitNormalization(normalization, shape);
  const tables = pixelTables(byChannel);
  const finish = (to: Float32Array) => meanImage && subtract(to, meanImage);
  const plain: ImageWriter = (bytes, to) => {
    convertPixels(bytes, tables, to);
    finish(to);
  };
  if (!augmentation) return { plain, seeded: () => plain };
  checkPadding(augmentation.padding, shape[0], shape[1]);
  if (meanImage && augmentation.fill === 'mean') throw meanOfWhat();
  const fill = tables.map((table) => (augmentation.fill === 'mean' ? 0 : table[0]!));
  const settings = { shape, tables, fill };
  const seeded = (seed: number): ImageWriter => {
    const draws = new SeededRandom(seed).fork('augmentation');
    return (bytes, to, position) => {
      cropAndFlip(bytes, drawPlacement(augmentation, draws.fork(`${position}`)), settings, to);
      finish(to);
    };
  };
  return { plain, seeded };
}

function subtract(to: Float32Array, meanImage: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i]! -= meanImage[i]!;
}

const meanOfWhat = () =>
  new PareError(
    'DATASET_BAD_AUGMENTATION',
    'augment: fill "mean" needs one mean for each channel; normalization "mean-image" has one for each pixel. Use fill "black".',
  );
