import { PareError } from '@pare/core';
import type { Logger } from '@pare/core';
import type { PixelSource } from './pixel-source.ts';
import type { Size, View } from './view.ts';

/** What is kept, and how it is decoded. */
export interface CacheSettings {
  /** Names data set and split in messages. */
  readonly owner: string;
  /** Height, width and channels of every view. */
  readonly shape: readonly [number, number, 3];
  /** What is kept of an image; the view that read() is asked for must be the same. */
  readonly view: (image: Size) => View;
  /** Images decoded side by side. */
  readonly workers: number;
  /** Whether images that fail are put up with until they are read; otherwise the first failure is thrown. */
  readonly keepGoing: boolean;
  readonly log: Logger | undefined;
}

interface Kept {
  readonly images: Uint8Array;
  readonly labels: Int32Array;
  /** What reading an image threw. */
  readonly errors: ReadonlyMap<number, unknown>;
}

/** Throws DATASET_TOO_LARGE where the decoded images of all splits together would take more than `limit` bytes. */
export function checkCache(name: string, bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new PareError(
    'DATASET_TOO_LARGE',
    `${name}: the decoded images would take ${bytes} bytes of memory; expected at most ${limit}. Set "cache" to "none", or "cacheLimit" to more if there is enough memory.`,
  );
}

/** Decodes all images the first time that one is read, and keeps them as bytes. */
export function pixelCache(source: PixelSource, settings: CacheSettings): PixelSource {
  const [height, width, channels] = settings.shape;
  const pixels = height * width * channels;
  let loading: Promise<Kept> | undefined;
  const load = () => {
    loading ??= decodeAll(source, pixels, settings);
    // After a failure the next pass tries again.
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return {
    count: source.count,
    async read(index, _, take) {
      const { images, labels, errors } = await load();
      if (errors.has(index)) throw errors.get(index);
      take(images.subarray(index * pixels, (index + 1) * pixels), labels[index]!);
    },
  };
}

async function decodeAll(
  source: PixelSource,
  pixels: number,
  { owner, view, workers, keepGoing, log }: CacheSettings,
): Promise<Kept> {
  const { count } = source;
  log?.info(`${owner}: decodes ${count} images into memory (${count * pixels} bytes).`);
  const images = new Uint8Array(count * pixels);
  const labels = new Int32Array(count);
  const errors = new Map<number, unknown>();
  let next = 0;
  const decode = (index: number) =>
    source.read(index, view, (data, label) => {
      images.set(data, index * pixels);
      labels[index] = label;
    });
  const work = async () => {
    while (next < count && (keepGoing || errors.size === 0)) {
      const index = next++;
      await decode(index).catch((error: unknown) => errors.set(index, error));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  // Of several failures the one of the first image, whichever came first.
  if (!keepGoing && errors.size > 0) throw errors.get(Math.min(...errors.keys()));
  return { images, labels, errors };
}
