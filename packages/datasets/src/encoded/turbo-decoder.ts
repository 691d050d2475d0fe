import { PareError } from '@pare/core';
import type * as turbo from '@julusian/jpeg-turbo';
import type { Size } from './view.ts';

/** What is used of the package @julusian/jpeg-turbo. */
export type JpegTurbo = Pick<typeof turbo, 'decompress' | 'FORMAT_RGB'>;

let loading: Promise<TurboDecoder> | undefined;

/** The fast decoder of JPEG files, loaded the first time. */
export const loadTurboDecoder = (): Promise<TurboDecoder> => (loading ??= importTurboDecoder());

/** Loads the package. Throws DATASET_DECODER_NOT_FOUND where it is missing. */
export async function importTurboDecoder(
  load: () => Promise<{ readonly default: JpegTurbo }> = () => import('@julusian/jpeg-turbo'),
): Promise<TurboDecoder> {
  const { default: module } = await load().catch((error: Error) => {
    throw new PareError(
      'DATASET_DECODER_NOT_FOUND',
      `"jpegDecoder": "jpeg-turbo" needs the npm package @julusian/jpeg-turbo, which cannot be loaded: ${error.message.split('\n')[0]} ` +
        'Install it beside @pare/datasets (npm install @julusian/jpeg-turbo@2), or set "jpegDecoder" to "sharp".',
      { cause: error },
    );
  });
  return new TurboDecoder(module);
}

/** Decodes JPEG files in Node's thread pool, into memory that is used again: most of the time went into new memory otherwise. */
export class TurboDecoder {
  readonly #turbo: JpegTurbo;
  readonly #free: Buffer[] = [];

  constructor(turbo: JpegTurbo) {
    this.#turbo = turbo;
  }

  /** Hands the RGB bytes of a whole image to `take`, for the call only; false where the file cannot be decoded this way. */
  async decode(bytes: Uint8Array, size: Size, take: (data: Uint8Array) => void): Promise<boolean> {
    const { decompress, FORMAT_RGB } = this.#turbo;
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const to = this.#buffer(size.width * size.height * 3);
    try {
      if (!(await succeeds(() => decompress(file, to, { format: FORMAT_RGB })))) return false;
      take(to);
      return true;
    } finally {
      this.#free.push(to);
    }
  }

  /** A buffer that nobody uses, large enough; smaller ones are let go. */
  #buffer(length: number): Buffer {
    const free = this.#free.pop();
    return free && free.length >= length ? free : Buffer.allocUnsafeSlow(length);
  }
}

/** Whether a task ends without an error, thrown at once or later. */
async function succeeds(task: () => Promise<unknown>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch {
    return false;
  }
}
