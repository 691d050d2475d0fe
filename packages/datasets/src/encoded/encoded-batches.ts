import { PareError } from '@pare/core';
import { checkBatchOptions } from '../images/batch-stream.ts';
import { inOrder, shuffledOrder } from '../images/shuffled-order.ts';
import { prefetch } from './prefetch.ts';
import type { Batch, BatchOptions } from '@pare/core';
import type { BadImages } from './bad-images.ts';
import type { ImagePlan, ImagePlans } from './image-plan.ts';
import type { PixelSource, TakeImage } from './pixel-source.ts';
import type { Slots } from './slots.ts';

/** A split, and how its batches are made. */
export interface EncodedSplit {
  /** Names data set and split in messages. */
  readonly owner: string;
  readonly images: PixelSource;
  readonly bad: BadImages;
  /** Numbers of one image. */
  readonly pixels: number;
  /** Plans of a pass. */
  readonly plans: (seed: number | undefined) => ImagePlans;
  readonly slots: Slots;
  /** Batches made before they are asked for. */
  readonly ahead: number;
}

/** So many bad images one after another mean that something else is wrong. */
const MOST_IN_A_ROW = 100;

/**
 * Batches of one pass; each has arrays of its own. Bad images that are skipped: in a pass with a seed the next good image of the
 * source takes the place, so that batches and steps stay as they are; in a pass in order they are left out, so that nothing is
 * counted twice. Throws DATASET_BAD_BATCH at once, DATASET_BAD_IMAGES where a batch would be empty.
 */
export function encodedBatches(split: EncodedSplit, options: BatchOptions): AsyncIterable<Batch> {
  checkBatchOptions(options, { images: split.images.count, pixels: split.pixels });
  return {
    [Symbol.asyncIterator]() {
      const pass = new EncodedPass(split, options);
      return prefetch(pass.batches(), split.ahead, () => pass.stop());
    },
  };
}

class EncodedPass {
  readonly #split: EncodedSplit;
  readonly #options: BatchOptions;
  readonly #plans: ImagePlans;
  #stopped = false;

  constructor(split: EncodedSplit, options: BatchOptions) {
    this.#split = split;
    this.#options = options;
    this.#plans = split.plans(options.seed);
  }

  *batches(): Generator<() => Promise<Batch>> {
    const { batchSize, seed, start = 0, dropLast = false } = this.#options;
    const { count } = this.#split.images;
    const order = seed === undefined ? inOrder(count) : shuffledOrder(count, seed);
    for (let from = start * batchSize; from < count; from += batchSize) {
      const size = Math.min(batchSize, count - from);
      if (dropLast && size < batchSize) return;
      yield () => this.#batch(order.subarray(from, from + size), from);
    }
  }

  /** Images that wait for their turn are given up. */
  stop(): void {
    this.#stopped = true;
  }

  /** `first` is the position of the first picked image in the pass. */
  async #batch(picked: Int32Array, first: number): Promise<Batch> {
    const { pixels, slots } = this.#split;
    const x = new Float32Array(picked.length * pixels);
    const y = new Int32Array(picked.length);
    const tasks = Array.from(picked, (index, i) =>
      slots.run(async () => {
        if (this.#stopped) return false;
        const plan = this.#plans(first + i);
        const reading = this.#read(index, plan, (data, label) => {
          plan.write(data, x.subarray(i * pixels, (i + 1) * pixels));
          y[i] = label;
        });
        // The pass ends with this failure: what waits behind it would be decoded for nothing.
        reading.catch(() => this.stop());
        return reading;
      }),
    );
    const done = await Promise.allSettled(tasks);
    const failed = done.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const kept = done.map((result) => result.status === 'fulfilled' && result.value);
    // Nobody waits for a batch of a pass that was stopped.
    if (this.#stopped || !kept.includes(false)) return { x, y, size: picked.length };
    return this.#compact(x, y, kept);
  }

  /** Whether there was a good image to take. */
  async #read(index: number, plan: ImagePlan, take: TakeImage): Promise<boolean> {
    const { images, bad } = this.#split;
    const tries = this.#options.seed === undefined ? 1 : Math.min(MOST_IN_A_ROW, images.count);
    for (let i = 0; i < tries; i++) {
      const candidate = (index + i) % images.count;
      if (bad.has(candidate)) continue;
      try {
        await images.read(candidate, (size) => plan.view(size), take);
        return true;
      } catch (error) {
        bad.add(candidate, error);
      }
    }
    if (tries > 1) throw this.#allBad(`${tries} images one after another`);
    return false;
  }

  /** The batch without the images that are not kept. */
  #compact(x: Float32Array, y: Int32Array, kept: readonly boolean[]): Batch {
    const { pixels } = this.#split;
    const places = [...kept.keys()].filter((i) => kept[i]);
    if (places.length === 0) throw this.#allBad('all images of a batch');
    const [left, labels] = [
      new Float32Array(places.length * pixels),
      new Int32Array(places.length),
    ];
    places.forEach((from, to) => {
      left.set(x.subarray(from * pixels, (from + 1) * pixels), to * pixels);
      labels[to] = y[from]!;
    });
    return { x: left, y: labels, size: places.length };
  }

  #allBad(what: string): PareError {
    return new PareError(
      'DATASET_BAD_IMAGES',
      `${this.#split.owner}: ${what} cannot be decoded, which is more than "onBadImage": "skip" puts up with. Check where the files come from; the warnings before name them.`,
    );
  }
}
