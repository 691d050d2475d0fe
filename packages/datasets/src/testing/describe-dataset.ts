import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collectPass } from './collect-pass.ts';
import type { Dataset, Split } from '@pare/core';

/** Options that every data set of images has. */
export interface CommonOptions {
  readonly normalization?: 'none' | 'standard';
  readonly augment?: 'none' | 'standard';
  readonly validation?: number;
  readonly limit?: Partial<Record<Split, number>>;
}

/**
 * The laws of a data set of images, as a suite. `open` gives one with at least 6 training images and 2 test images of differing
 * content.
 */
export function describeDataset(
  name: string,
  open: (options: CommonOptions) => Promise<Dataset>,
): void {
  describe(`data set "${name}"`, () => {
    let dataset: Dataset;
    beforeAll(async () => {
      dataset = await open({ normalization: 'standard', augment: 'standard' });
    });
    afterAll(() => dataset.dispose?.());

    test('says what it gives', async () => {
      const { imageShape, classes, sizes, normalization, source } = dataset.info;
      expect(dataset.info.name).toBe(name);
      expect(imageShape.every((size) => Number.isInteger(size) && size > 0)).toBe(true);
      expect(classes).toBeGreaterThanOrEqual(2);
      expect(normalization.mean).toHaveLength(imageShape[2]);
      expect(normalization.deviation).toHaveLength(imageShape[2]);
      expect(source).toMatch(/\S/);
      expect(Object.keys(sizes)).toEqual(expect.arrayContaining(['train', 'test']));
      for (const [split, size] of Object.entries(sizes)) {
        const { x, y } = await collectPass(dataset, split as Split, { batchSize: 4 });
        expect([y.length, x.length]).toEqual([size, size * imageShape.reduce((a, b) => a * b)]);
        expect(y.every((label) => Number.isInteger(label) && label >= 0 && label < classes)).toBe(
          true,
        );
        expect(x.every(Number.isFinite)).toBe(true);
      }
    });

    test('gives the same in order, whatever the batch size', async () => {
      const whole = await collectPass(dataset, 'train', { batchSize: 1000 });
      expect(await collectPass(dataset, 'train', { batchSize: 3 })).toEqual(whole);
    });

    test('gives the same stream for a seed, and another for another', async () => {
      const first = await collectPass(dataset, 'train', { batchSize: 4, seed: 1 });
      expect(await collectPass(dataset, 'train', { batchSize: 5, seed: 1 })).toEqual(first);
      expect(await collectPass(dataset, 'train', { batchSize: 4, seed: 2 })).not.toEqual(first);
      const inOrder = await collectPass(dataset, 'train', { batchSize: 4 });
      expect([...first.y].sort()).toEqual([...inOrder.y].sort());
    });

    test.each([undefined, 7])('goes on where a pass with the seed %p stopped', async (seed) => {
      const whole = await collectPass(dataset, 'train', { batchSize: 2, seed });
      const pixels = whole.x.length / whole.y.length;
      for (const start of [1, 2, 1000]) {
        const rest = await collectPass(dataset, 'train', { batchSize: 2, seed, start });
        expect(rest.y).toEqual(whole.y.slice(2 * start));
        expect(rest.x).toEqual(whole.x.slice(2 * start * pixels));
      }
    });

    test('leaves out a last batch that is not full where it is asked to', async () => {
      const count = dataset.info.sizes.train!;
      const batchSize = count - 1;
      const { y } = await collectPass(dataset, 'train', { batchSize, dropLast: true });
      expect(y).toHaveLength(batchSize);
      const all = await collectPass(dataset, 'train', { batchSize: count, dropLast: true });
      expect(all.y).toHaveLength(count);
    });

    test('gives batches that own their memory', async () => {
      const options = { batchSize: 2, seed: 3 };
      const before = await collectPass(dataset, 'train', options);
      for await (const { x, y } of dataset.batches('train', options)) {
        expect([x.buffer.byteLength, y.buffer.byteLength]).toEqual([x.byteLength, y.byteLength]);
        structuredClone({ x, y }, { transfer: [x.buffer, y.buffer] as ArrayBuffer[] });
      }
      expect(await collectPass(dataset, 'train', options)).toEqual(before);
    });

    test('serves two passes at once, and one that is left early harms none', async () => {
      const whole = await collectPass(dataset, 'train', { batchSize: 2, seed: 5 });
      const passes = [5, 6].map((seed) =>
        dataset.batches('train', { batchSize: 2, seed })[Symbol.asyncIterator](),
      );
      const labels: number[] = [];
      for (;;) {
        const [first, second] = await Promise.all(passes.map((pass) => pass.next()));
        if (first!.done) break;
        labels.push(...first!.value.y);
        if (labels.length === 4) await passes[1]!.return?.();
        expect(second).toBeDefined();
      }
      expect(labels).toEqual(whole.y);
    });

    test('refuses passes that make no sense before the first batch', () => {
      for (const wrong of [{ batchSize: 0 }, { batchSize: 2, start: -1 }]) {
        expect(() => dataset.batches('train', wrong)).toThrow(
          expect.objectContaining({ code: 'DATASET_BAD_BATCH' }),
        );
      }
      expect(() => dataset.batches('validation', { batchSize: 2 })).toThrow(
        expect.objectContaining({ code: 'DATASET_NO_SPLIT' }),
      );
    });

    test('holds out training images, and limits what is left', async () => {
      const plain = { normalization: 'none', augment: 'none' } as const;
      const count = dataset.info.sizes.train!;
      const held = await open({ ...plain, validation: 2 });
      expect(held.info.sizes).toMatchObject({ train: count - 2, validation: 2 });
      const limited = await open({ ...plain, validation: 2, limit: { train: 3, test: 1 } });
      expect(limited.info.sizes).toEqual({ train: 3, validation: 2, test: 1 });
      const whole = await open(plain);
      const images = await imagesOf(whole, 'train');
      const parts = [await imagesOf(held, 'train'), await imagesOf(held, 'validation')].flat();
      expect(parts.sort()).toEqual(images.sort());
      for (const each of [held, limited, whole]) await each.dispose?.();
    });
  });
}

/** Each image with its label as text. */
async function imagesOf(dataset: Dataset, split: Split): Promise<string[]> {
  const { x, y } = await collectPass(dataset, split, { batchSize: 4 });
  const pixels = x.length / y.length;
  return y.map((label, i) => `${label}: ${x.slice(i * pixels, (i + 1) * pixels).join(' ')}`);
}
