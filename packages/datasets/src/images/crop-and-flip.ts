import type { Placement } from './augmentation.ts';
import type { PixelTables } from './convert-pixels.ts';

/** What does not change from image to image. */
export interface CropSettings {
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
  /** One table for each channel. */
  readonly tables: PixelTables;
  /** Value outside of the image, for each channel. */
  readonly fill: readonly number[];
}

/**
 * Converts the bytes of one image [height, width, channels] to float32 numbers, moved and mirrored: number (y, x) comes from
 * byte (y + top, x + left), or from the mirrored column of that row. One pass, no copies between.
 */
export function cropAndFlip(
  bytes: Uint8Array,
  { top, left, flip }: Placement,
  settings: CropSettings,
  to: Float32Array,
): void {
  const [height, width, channels] = settings.shape;
  // Columns of the result that lie in the image; mirrored, the free columns change sides.
  const shift = flip ? left : -left;
  const first = Math.max(0, Math.min(width, shift));
  const last = Math.max(first, Math.min(width, width + shift));
  const from = (flip ? width - 1 - first : first) + left;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const source = y + top;
    if (source < 0 || source >= height) {
      fillPixels(to, row, row + width, settings.fill);
      continue;
    }
    fillPixels(to, row, row + first, settings.fill);
    const start = (source * width + from) * channels;
    convertRow(
      bytes,
      start,
      flip ? -channels : channels,
      settings.tables,
      to,
      row + first,
      row + last,
    );
    fillPixels(to, row + last, row + width, settings.fill);
  }
}

function fillPixels(to: Float32Array, from: number, end: number, fill: readonly number[]): void {
  const channels = fill.length;
  for (let i = from * channels; i < end * channels; i++) to[i] = fill[i % channels]!;
}

function convertRow(
  bytes: Uint8Array,
  start: number,
  step: number,
  tables: PixelTables,
  to: Float32Array,
  first: number,
  last: number,
): void {
  const channels = tables.length;
  for (let channel = 0; channel < channels; channel++) {
    const table = tables[channel]!;
    const end = last * channels;
    let from = start + channel;
    for (let i = first * channels + channel; i < end; i += channels, from += step) {
      to[i] = table[bytes[from]!]!;
    }
  }
}
