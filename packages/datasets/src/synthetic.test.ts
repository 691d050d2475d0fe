import { describe, expect, test } from '@jest/globals';
import { createSynthetic } from './synthetic.ts';
import type { Dataset, Split } from '@pare/core';

type Options = Parameters<typeof createSynthetic>[0];

async function all(dataset: Dataset, split: Split) {
  const batchSize = dataset.info.sizes[split]!;
  for await (const { x, y } of dataset.batches(split, { batchSize })) return { x, y };
  throw new Error('no batch');
}

/** Share of test images that are nearest to the mean training image of their class. */
async function nearestMeanAccuracy(options: Options): Promise<number> {
  const dataset = await createSynthetic(options);
  const pixels = dataset.info.imageShape.reduce((a, b) => a * b, 1);
  const train = await all(dataset, 'train');
  const held = await all(dataset, 'test');
  const means = Array.from({ length: dataset.info.classes }, () => new Float64Array(pixels));
  const perClass = train.y.length / dataset.info.classes;
  train.x.forEach(
    (value, i) => (means[train.y[Math.floor(i / pixels)]!]![i % pixels]! += value / perClass),
  );
  const distance = (image: Float32Array, mean: Float64Array) =>
    image.reduce((sum, value, i) => sum + (value - mean[i]!) ** 2, 0);
  const right = held.y.filter((label, i) => {
    const image = held.x.subarray(i * pixels, (i + 1) * pixels);
    const distances = means.map((mean) => distance(image, mean));
    return distances.indexOf(Math.min(...distances)) === label;
  });
  return right.length / held.y.length;
}

describe('synthetic data', () => {
  test('can be learned: most test images are nearest to the mean of their class', async () => {
    const options = { train: 500, test: 200 };
    expect(await nearestMeanAccuracy(options)).toBeGreaterThan(0.99);
  });

  test('cannot be learned perfectly under heavy noise', async () => {
    const options: Options = { train: 500, test: 200, noise: 20, imageShape: [8, 8, 1] };
    expect(await nearestMeanAccuracy(options)).toBeLessThan(0.9);
  });

  test('has the shape, classes and sizes that were asked for', async () => {
    const { info } = await createSynthetic({
      imageShape: [5, 7, 3],
      classes: 4,
      train: 20,
      test: 6,
      validation: 8,
      pad: 1,
    });
    expect(info).toMatchObject({
      name: 'synthetic',
      imageShape: [7, 9, 3],
      classes: 4,
      sizes: { train: 12, validation: 8, test: 6 },
    });
  });

  test('is the same for the same seed, and another for another', async () => {
    const make = async (seed: number) =>
      (await all(await createSynthetic({ seed, train: 10, test: 10 }), 'train')).x;
    expect(await make(5)).toEqual(await make(5));
    expect(await make(5)).not.toEqual(await make(6));
  });

  test('shows other images in test than in train, with labels that go round', async () => {
    const dataset = await createSynthetic({ train: 10, test: 10, classes: 4 });
    const [train, held] = [await all(dataset, 'train'), await all(dataset, 'test')];
    expect([...train.y]).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1]);
    expect(held.y).toEqual(train.y);
    expect(held.x).not.toEqual(train.x);
  });

  test('"standard" normalisation gives mean 0 and deviation 1', async () => {
    const dataset = await createSynthetic({ train: 100, test: 10, normalization: 'standard' });
    const { x } = await all(dataset, 'train');
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(x.reduce((a, b) => a + b * b, 0) / x.length).toBeCloseTo(1, 3);
  });

  test('refuses options that do not exist', async () => {
    await expect(createSynthetic({ sizes: 3 } as Options)).rejects.toThrow(/sizes/);
  });

  test('refuses more than memory would hold, before it makes any', async () => {
    for (const options of [{ train: 1e12 }, { imageShape: [1e5, 1e5, 1] }, { classes: 1e9 }]) {
      await expect(createSynthetic(options as Options)).rejects.toThrow(
        expect.objectContaining({ code: 'DATASET_TOO_LARGE' }),
      );
    }
  });

  test('has no validation split unless asked for one', async () => {
    const dataset = await createSynthetic({ train: 10, test: 10 });
    expect(() => dataset.batches('validation', { batchSize: 1 })).toThrow(
      'synthetic: has no split "validation"; it has train, test. Set the option "validation" to a number of images.',
    );
  });
});
