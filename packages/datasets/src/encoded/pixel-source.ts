import { decodeView } from './decode-view.ts';
import { loadSharp } from './load-sharp.ts';
import { loadTurboDecoder } from './turbo-decoder.ts';
import type { EncodedOptions } from './encoded-options.ts';
import type { EncodedSource } from './encoded-source.ts';
import type { Size, View } from './view.ts';

/** Takes RGB bytes of what is seen of an image, which are valid during the call only and must not be changed. */
export type TakeImage = (pixels: Uint8Array, label: number) => void;

/** Images as pixels. */
export interface PixelSource {
  readonly count: number;
  /** Hands an image to `take`. Throws DATASET_BAD_IMAGE, and what the source throws. */
  read(index: number, choose: (image: Size) => View, take: TakeImage): Promise<void>;
}

/** Decodes images when they are asked for. */
export const decodingSource = (
  source: EncodedSource,
  jpegDecoder: EncodedOptions['jpegDecoder'],
): PixelSource => ({
  count: source.count,
  async read(index, choose, take) {
    const sharp = await loadSharp();
    const turbo = jpegDecoder === 'jpeg-turbo' ? await loadTurboDecoder() : undefined;
    const { bytes, label } = await source.read(index);
    const name = source.nameOf(index);
    await decodeView({ sharp, turbo }, { name, bytes }, choose, (pixels) => take(pixels, label));
  },
});
