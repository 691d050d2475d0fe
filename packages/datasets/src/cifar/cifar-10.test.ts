import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { wholeSplit } from '../testing/whole-split.ts';
import { createCifar100 } from './cifar-100.ts';
import { cifar10Options, createCifar10 } from './cifar-10.ts';
import { readTarGz } from './read-tar-gz.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/cifar', import.meta.url));
const plain = { verify: false, normalization: 'none', augment: 'none' } as const;

/** Pixels of image k [row, column, channel], by the formula of fixtures/cifar/make.py. */
const pixels = (k: number) =>
  Float32Array.from({ length: 3072 }, (_, i) => {
    const [y, x, c] = [Math.floor(i / 96), Math.floor(i / 3) % 32, i % 3];
    return ((97 * k + 85 * c + 5 * y + 3 * x) % 256) / 255;
  });
const images = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => [...pixels(from + i)]).flat();

describe.each(['binary', 'python'] as const)('the %s version of', (format) => {
  const options = { ...plain, directory: fixtures, format };

  test('CIFAR-10 has images and labels in the order of its files', async () => {
    const dataset = await createCifar10(options);
    expect(dataset.info).toMatchObject({
      name: 'cifar-10',
      imageShape: [32, 32, 3],
      classes: 10,
      sizes: { train: 10, test: 3 },
      source: join(fixtures, `cifar-10-${format}.tar.gz (not verified)`),
    });
    const [train, held] = [await wholeSplit(dataset, 'train'), await wholeSplit(dataset, 'test')];
    expect([...train.y, ...held.y]).toEqual([0, 3, 6, 9, 2, 5, 8, 1, 4, 7, 0, 3, 6]);
    expect([...train.x]).toEqual(images(0, 10));
    expect([...held.x]).toEqual(images(10, 13));
  });

  test('CIFAR-100 has fine and coarse labels', async () => {
    const fine = await createCifar100(options);
    expect(fine.info).toMatchObject({
      name: 'cifar-100',
      classes: 100,
      sizes: { train: 4, test: 2 },
    });
    const { x, y } = await wholeSplit(fine, 'train');
    expect([...y, ...(await wholeSplit(fine, 'test')).y]).toEqual([0, 31, 62, 93, 24, 55]);
    expect([...x]).toEqual(images(0, 4));
    const coarse = await createCifar100({ ...options, labels: 'coarse' });
    expect(coarse.info.classes).toBe(20);
    expect([...(await wholeSplit(coarse, 'train')).y]).toEqual([0, 7, 14, 1]);
  });

  test('CIFAR-10 is the same unpacked', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'pare-cifar-'));
    const files = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}`).concat('test_batch');
    const names = files.map((name) => (format === 'binary' ? `${name}.bin` : name));
    const archive = join(fixtures, `cifar-10-${format}.tar.gz`);
    for (const [name, bytes] of await readTarGz(archive, names)) {
      await writeFile(join(directory, name), bytes);
    }
    const [packed, unpacked] = [
      await createCifar10(options),
      await createCifar10({ ...plain, directory }),
    ];
    expect(unpacked.info.source).toBe(`${directory} (not verified)`);
    expect(await wholeSplit(unpacked, 'train')).toEqual(await wholeSplit(packed, 'train'));
    await rm(directory, { recursive: true });
  });
});

describe('options of CIFAR', () => {
  test('are complete by default: normalised and augmented', () => {
    expect(cifar10Options.parse({})).toMatchObject({
      verify: true,
      normalization: 'standard',
      augment: 'standard',
    });
  });

  test.each([
    ['standard', [0.4914, 0.4822, 0.4465], [0.247, 0.2435, 0.2616]],
    ['bip', [0.4914, 0.4822, 0.4465], [0.247, 0.2435, 0.2616]],
    ['lcs', [0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.201]],
    ['hoyer', [0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.201]],
    ['hinge', [125.3 / 255, 123 / 255, 113.9 / 255], [63 / 255, 62.1 / 255, 66.7 / 255]],
    ['lc', [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]],
  ] as const)('normalise CIFAR-10 as %s', async (normalization, mean, deviation) => {
    const options = {
      directory: fixtures,
      format: 'binary',
      verify: false,
      normalization,
    } as const;
    const dataset = await createCifar10(options);
    expect(dataset.info.normalization).toEqual({ mean, deviation });
    const { x } = await wholeSplit(dataset, 'train');
    const last = pixels(9).subarray(-3);
    [0, 1, 2].forEach((c) =>
      expect(x.at(c - 3)).toBeCloseTo((last[c]! - mean[c]!) / deviation[c]!, 5),
    );
  });

  test.each([
    ['standard', [0.5071, 0.4866, 0.4409], [0.2673, 0.2564, 0.2762]],
    ['bip', [0.5071, 0.4866, 0.4409], [0.2673, 0.2564, 0.2762]],
    ['hoyer', [0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.201]],
    ['hinge', [125.3 / 255, 123 / 255, 113.9 / 255], [63 / 255, 62.1 / 255, 66.7 / 255]],
  ] as const)('normalise CIFAR-100 as %s', async (normalization, mean, deviation) => {
    const options = {
      directory: fixtures,
      format: 'python',
      verify: false,
      normalization,
    } as const;
    expect((await createCifar100(options)).info.normalization).toEqual({ mean, deviation });
  });

  test('augment shuffled passes only', async () => {
    const dataset = await createCifar10({
      ...plain,
      augment: 'standard',
      directory: fixtures,
      format: 'binary',
    });
    expect([...(await wholeSplit(dataset, 'train')).x]).toEqual(images(0, 10));
    for await (const { x } of dataset.batches('train', { batchSize: 10, seed: 1 })) {
      const black = x.reduce((sum, value) => sum + Number(value === 0), 0);
      expect(black).toBeGreaterThan(1000);
    }
  });
});
