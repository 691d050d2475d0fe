import { PareError } from '@pare/core';
import { readJpegHeader } from './jpeg-header.ts';
import { resample } from './resample.ts';
import { wholeOf } from './view.ts';
import type { Sharp, SharpConstructor } from 'sharp';
import type { Pixels } from './resample.ts';
import type { TurboDecoder } from './turbo-decoder.ts';
import type { Box, Size, View } from './view.ts';

/** Colour profiles are not applied, as PIL does not; damage is an error where data is missing, not where it is odd. */
const inputOptions = { ignoreIcc: true, failOn: 'error' } as const;

/** Who decodes. */
export interface Decoders {
  readonly sharp: SharpConstructor;
  /** Decodes the JPEG files that it can, with other rounding; default: sharp decodes them too. */
  readonly turbo?: TurboDecoder;
}

/** Takes RGB bytes [height, width, 3], which are valid during the call only. */
export type TakePixels = (data: Uint8Array) => void;

/**
 * Decodes what `choose` wants to see of an image and hands it to `take`: grey becomes three equal channels; alpha is left out; CMYK is
 * converted without a profile; of 16 bits the upper 8 are taken; EXIF does not turn images. All this as
 * `Image.open().convert('RGB')` of PIL. Throws DATASET_BAD_IMAGE with `name`.
 */
export async function decodeView(
  { sharp, turbo }: Decoders,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  choose: (image: Size) => View,
  take: TakePixels,
): Promise<void> {
  if (bytes.length === 0) throw badImage(name, 'the file is empty');
  if (turbo && (await decodeByTurbo(turbo, bytes, choose, take))) return;
  const { pixels, view } = await decodePart(sharp, bytes, choose).catch((error: Error) => {
    throw error instanceof PareError ? error : badImage(name, error.message.split('\n')[0]!, error);
  });
  take(resample(pixels, view));
}

/** Whether the file was one that the fast decoder can decode. */
async function decodeByTurbo(
  turbo: TurboDecoder,
  bytes: Uint8Array,
  choose: (image: Size) => View,
  take: TakePixels,
): Promise<boolean> {
  const header = readJpegHeader(bytes);
  if (!header?.complete || header.channels === 4) return false;
  if (header.width * header.height > LARGE) return false;
  const view = choose(header);
  return turbo.decode(bytes, header, (data) => take(resample({ ...header, data }, view)));
}

/** Pixels, and the view of them. */
interface DecodedPart {
  readonly pixels: Pixels;
  readonly view: View;
}

/** Parts of more pixels are made smaller by the decoder, off the main thread, where they would take more than a millisecond. */
const LARGE = 2 ** 20;

async function decodePart(
  sharp: SharpConstructor,
  bytes: Uint8Array,
  choose: (image: Size) => View,
): Promise<DecodedPart> {
  const header = readJpegHeader(bytes);
  // Lines below the part are not decoded, so a file that is cut off is decoded whole: what is missing must not go unnoticed.
  if (header && header.complete && header.channels !== 4) {
    return cut(sharp(bytes, inputOptions), header, choose(header));
  }
  const whole = await decodeWhole(sharp, bytes, header?.channels === 4);
  const { data, width, height } = whole;
  const view = choose(whole);
  if (width * view.part.height <= LARGE) return { pixels: whole, view };
  return cut(sharp(data, { raw: { width, height, channels: 3 } }), whole, view);
}

async function decodeWhole(
  sharp: SharpConstructor,
  bytes: Uint8Array,
  cmyk: boolean,
): Promise<Pixels> {
  const image = sharp(bytes, inputOptions);
  if (cmyk) image.pipelineColourspace('cmyk').toColourspace('cmyk');
  else image.removeAlpha().toColourspace('srgb');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { data: cmyk ? rgbOfCmyk(data) : data, width, height };
}

/** Without a profile, in whole numbers, as PIL. */
function rgbOfCmyk(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; from < cmyk.length; from += 4) {
    const light = 255 - cmyk[from + 3]!;
    for (let c = 0; c < 3; c++) rgb[to++] = light - dividedBy255(cmyk[from + c]! * light);
  }
  return rgb;
}

/** n / 255, rounded. */
const dividedBy255 = (n: number): number => (n + 128 + ((n + 128) >> 8)) >> 8;

/** Decodes no more than the part. */
async function cut(image: Sharp, whole: Size, view: View): Promise<DecodedPart> {
  const { part, scaled } = view;
  if (!isWhole(part, whole)) image.extract(part);
  const { width, height } = reducedByDecoder(part, scaled);
  if (width < part.width || height < part.height) {
    image.resize(width, height, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false });
  }
  const data = await image.raw().toBuffer();
  const pixels = { data, width, height };
  return { pixels, view: { ...view, part: wholeOf(pixels) } };
}

function reducedByDecoder({ width, height }: Size, scaled: Size): Size {
  if (width * height <= LARGE) return { width, height };
  return { width: Math.min(width, scaled.width), height: Math.min(height, scaled.height) };
}

const isWhole = ({ left, top, width, height }: Box, size: Size): boolean =>
  left === 0 && top === 0 && width === size.width && height === size.height;

const badImage = (name: string, reason: string, cause?: unknown): PareError =>
  new PareError('DATASET_BAD_IMAGE', `${name}: cannot be decoded: ${reason}.`, { cause });
