import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { imageDataset } from './image-dataset.ts';
import { imageOptions } from './image-options.ts';
import type { Batch, BatchOptions } from '@pare/core';
import type { LabeledImages } from './labeled-images.ts';

const papers = { hinge: { mean: [0.6, 0.4], deviation: [0.5, 0.25] } };
const schema = z.strictObject(
  imageOptions({ augment: 'standard', normalization: 'none', papers: ['hinge'] }),
);

/** Images [3, 4, 2] with the pixels 25 and more, so that black comes from outside only. */
const source = (count: number): LabeledImages => ({
  images: Uint8Array.from({ length: 24 * count }, (_, i) => 25 + ((i * 37) % 200)),
  labels: Int32Array.from({ length: count }, (_, i) => i),
  shape: [3, 4, 2],
});

function make(options: z.input<typeof schema> = {}, count = 12) {
  return imageDataset({
    name: 'made-up',
    classes: count,
    source: 'this test',
    train: source(count),
    test: source(2),
    options: schema.parse({ augment: { padding: 2 }, ...options }),
    standard: () => ({ mean: [0.5, 0.25], deviation: [0.25, 0.5] }),
    papers,
  });
}

async function collect(dataset: ReturnType<typeof make>, options: BatchOptions) {
  const batches: Batch[] = [];
  for await (const batch of dataset.batches('train', options)) batches.push(batch);
  return {
    x: batches.flatMap(({ x }) => [...x]),
    y: batches.flatMap(({ y }) => [...y]),
  };
}

describe('augmented passes', () => {
  test('depend on the seed only, not on batch size or where they begin', async () => {
    const dataset = make();
    const passes = fc.record({
      batchSize: fc.integer({ min: 1, max: 13 }),
      start: fc.nat(13),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(passes, async ({ batchSize, start, seed }) => {
        const whole = await collect(dataset, { batchSize: 5, seed });
        const rest = await collect(dataset, { batchSize, start, seed });
        expect(rest.y).toEqual(whole.y.slice(start * batchSize));
        expect(rest.x).toEqual(whole.x.slice(24 * start * batchSize));
      }),
    );
  });

  test('differ from pass to pass', async () => {
    const dataset = make({ augment: { crop: 'center' } }, 1);
    const seen = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      seen.add(String((await collect(dataset, { batchSize: 1, seed })).x));
    }
    expect(seen.size).toBe(2);
  });

  test('stay as they are for good: stored runs depend on them', async () => {
    const { x, y } = await collect(make({ augment: { crop: 'center' } }), {
      batchSize: 12,
      seed: 1,
    });
    const plain = await collect(make({ augment: 'none' }), { batchSize: 12 });
    const mirrored = y.map((label, i) => Number(x[24 * i] !== plain.x[24 * label]));
    expect(y).toEqual([9, 6, 10, 3, 5, 4, 0, 11, 8, 1, 7, 2]);
    expect(mirrored).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1]);
  });

  test('without a seed are left as they are', async () => {
    const plain = await collect(make({ augment: 'none' }), { batchSize: 4 });
    expect(await collect(make(), { batchSize: 4 })).toEqual(plain);
  });

  test('are filled with black before, or with zeros after normalisation', async () => {
    const outside = async (fill: 'black' | 'mean') => {
      const options = {
        augment: { padding: 2, fill },
        normalization: 'standard',
      } as const;
      const { x } = await collect(make(options), { batchSize: 12, seed: 3 });
      return [Math.min(...x.filter((_, i) => i % 2 === 0)), Math.min(...x.filter((_, i) => i % 2))];
    };
    expect(await outside('black')).toEqual([-2, -0.5]);
    const [first] = await outside('mean');
    // The darkest pixel is 25 / 255.
    expect(first).toBeGreaterThan(-1.7);
    expect(
      (
        await collect(make({ augment: { padding: 2, fill: 'mean' }, normalization: 'standard' }), {
          batchSize: 12,
          seed: 3,
        })
      ).x,
    ).toContain(0);
  });
});

describe('normalisation', () => {
  test('by the name of a paper takes its numbers', async () => {
    const dataset = make({ normalization: 'hinge' });
    expect(dataset.info.normalization).toEqual(papers.hinge);
    const { x } = await collect(dataset, { batchSize: 12 });
    expect(x[0]).toBeCloseTo((25 / 255 - 0.6) / 0.5);
    expect(x[1]).toBeCloseTo((62 / 255 - 0.4) / 0.25);
    expect(schema.safeParse({ normalization: 'bip' }).success).toBe(false);
  });

  test('"mean-image" makes the mean of every pixel 0 and divides nothing', async () => {
    const dataset = make({ normalization: 'mean-image', validation: 3 });
    const { mean, deviation } = dataset.info.normalization;
    expect([mean.length, deviation]).toEqual([24, [1, 1]]);
    const raw = await collect(make({ validation: 3 }), { batchSize: 12 });
    const { x } = await collect(dataset, { batchSize: 12 });
    x.forEach((value, i) => expect(value).toBeCloseTo(raw.x[i]! - mean[i % 24]!, 6));
    const all = await collect(make({ normalization: 'mean-image' }), { batchSize: 12 });
    for (let pixel = 0; pixel < 24; pixel++) {
      expect(all.x.reduce((sum, v, i) => sum + (i % 24 === pixel ? v : 0), 0)).toBeCloseTo(0, 5);
    }
  });

  test('"mean-image" comes after the crop, and has no mean to fill with', async () => {
    const augment = { padding: 2 };
    const normalized = await collect(make({ normalization: 'mean-image', augment }), {
      batchSize: 12,
      seed: 2,
    });
    const raw = await collect(make({ augment }), { batchSize: 12, seed: 2 });
    const { mean } = make({ normalization: 'mean-image' }).info.normalization;
    normalized.x.forEach((value, i) => expect(value).toBeCloseTo(raw.x[i]! - mean[i % 24]!, 6));
    expect(() =>
      make({ normalization: 'mean-image', augment: { padding: 2, fill: 'mean' } }),
    ).toThrow(
      'augment: fill "mean" needs one mean for each channel; normalization "mean-image" has one for each pixel. Use fill "black".',
    );
  });
});
