import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { wholeSplit } from '../testing/whole-split.ts';
import { createSvhn } from './svhn.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/svhn', import.meta.url));
const plain = { directory: fixtures, verify: false, normalization: 'none' } as const;

/** Bytes of images [count, row, column, channel], by the formula of fixtures/svhn/make.py. */
const images = (count: number, shift: number) =>
  Array.from({ length: count * 3072 }, (_, i) => {
    const [k, y, x, c] = [
      Math.floor(i / 3072),
      Math.floor(i / 96) % 32,
      Math.floor(i / 3) % 32,
      i % 3,
    ];
    return (97 * k + 85 * c + 5 * y + 3 * x + shift) % 256;
  });
const bytes = (x: Float32Array) => Array.from(x, (value) => Math.round(value * 255));

describe('SVHN', () => {
  test('has images in rows and labels from 0, packed files or not', async () => {
    const dataset = await createSvhn(plain);
    expect(dataset.info).toMatchObject({
      name: 'svhn',
      imageShape: [32, 32, 3],
      classes: 10,
      sizes: { train: 5, test: 2 },
      source: `${fixtures} (not verified)`,
    });
    const [train, held] = [await wholeSplit(dataset, 'train'), await wholeSplit(dataset, 'test')];
    expect([...train.y, ...held.y]).toEqual([0, 1, 2, 3, 4, 0, 1]);
    expect(bytes(train.x)).toEqual(images(5, 0));
    expect(bytes(held.x)).toEqual(images(2, 1));
  });

  test('has the extra images after the others where they are asked for', async () => {
    const dataset = await createSvhn({ ...plain, extra: true });
    expect(dataset.info.sizes).toEqual({ train: 8, test: 2 });
    const { x, y } = await wholeSplit(dataset, 'train');
    expect([...y]).toEqual([0, 1, 2, 3, 4, 0, 1, 2]);
    expect(bytes(x)).toEqual([...images(5, 0), ...images(3, 2)]);
  });

  test('is normalised by default, and not augmented', async () => {
    const dataset = await createSvhn({ directory: fixtures, verify: false });
    const [mean, deviation] = [
      [0.4377, 0.4438, 0.4728],
      [0.198, 0.201, 0.197],
    ];
    expect(dataset.info.normalization).toEqual({ mean, deviation });
    for await (const { x, y } of dataset.batches('test', { batchSize: 2, seed: 1 })) {
      const pixels = images(2, 1);
      const expected = [...y].flatMap((label) => pixels.slice(3072 * label, 3072 * (label + 1)));
      expect(
        Array.from(x, (v, i) => Math.abs(Math.round((v * deviation[i % 3]! + mean[i % 3]!) * 255))),
      ).toEqual(expected);
    }
  });
});
