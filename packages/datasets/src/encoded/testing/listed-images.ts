import sharp from 'sharp';
import type { EncodedSource } from '../encoded-source.ts';

/** Where a test looks into: which images were read, and how many reads were under way at once. */
export interface ListedImages extends EncodedSource {
  readonly reads: number[];
  readonly most: () => number;
}

/** Image files as a source; image i has the label i and the name `image i`. */
export function listedImages(files: readonly Uint8Array[]): ListedImages {
  const reads: number[] = [];
  let [underWay, most] = [0, 0];
  return {
    count: files.length,
    nameOf: (index) => `image ${index}`,
    async read(index) {
      reads.push(index);
      most = Math.max(most, ++underWay);
      // Reading takes its time, so that reads can overlap.
      await new Promise(setImmediate);
      underWay--;
      return { bytes: files[index]!, label: index };
    },
    reads,
    most: () => most,
  };
}

/** PNG files of `size` x `size` pixels; image i is red from left to right, and 10 i green everywhere. */
export const gradients = (count: number, size = 4): Promise<Uint8Array[]> =>
  Promise.all(
    Array.from({ length: count }, (_, image) => {
      const pixels = Array.from({ length: size * size }, (_, i) => [
        Math.round((255 * (i % size)) / size),
        (10 * image) % 256,
        0,
      ]);
      return sharp(Uint8Array.from(pixels.flat()), {
        raw: { width: size, height: size, channels: 3 },
      })
        .png()
        .toBuffer();
    }),
  );
