import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { Registry, definePlugin } from '@pare/core';
import { solidImage } from './folder/testing/solid-image.ts';
import { temporaryTree } from './folder/testing/temporary-tree.ts';
import { createImageFolder, imageFolderParts } from './image-folder.ts';
import { greyImages } from './testing/grey-images.ts';

const small = { imageSize: 8, normalization: 'none', workers: 1 } as const;

describe('an image folder', () => {
  test('has the images of train, val and test with the class numbers of train', async () => {
    await using tree = await temporaryTree({
      'train/dog/1.jpg': await solidImage(60, 12),
      'train/cat/1.jpg': await solidImage(20, 12),
      'train/cat/2.jpg': await solidImage(40, 10, 16),
      'val/cat/1.jpg': await solidImage(80, 12),
      'val/dog/1.jpg': await solidImage(100, 12),
      'test/cat/1.jpg': await solidImage(120, 12),
      'test/dog/1.jpg': await solidImage(140, 12),
    });
    const dataset = await createImageFolder({ directory: tree.root, ...small });
    expect(dataset.info).toMatchObject({
      name: 'image-folder',
      imageShape: [8, 8, 3],
      classes: 2,
      sizes: { train: 3, validation: 2, test: 2 },
      normalization: { mean: [0, 0, 0], deviation: [1, 1, 1] },
      source: expect.stringContaining(tree.root),
    });
    expect(await greyImages(dataset, 'train')).toEqual([
      [20, 0],
      [40, 0],
      [60, 1],
    ]);
    expect(await greyImages(dataset, 'validation')).toEqual([
      [80, 0],
      [100, 1],
    ]);
    expect(await greyImages(dataset, 'test')).toEqual([
      [120, 0],
      [140, 1],
    ]);
    const shuffled = await greyImages(dataset, 'train', { seed: 3 });
    expect(shuffled.sort(([a], [b]) => a - b)).toEqual([
      [20, 0],
      [40, 0],
      [60, 1],
    ]);
    await dataset.dispose?.();
  });

  test('takes val for the test split where it is alone, and holds validation images out of train', async () => {
    const grey = [10, 30, 50, 70, 90, 110];
    const train = await Promise.all(
      grey.map(
        async (value, i) =>
          [`train/${i % 2 ? 'b' : 'a'}/${i}.jpg`, await solidImage(value, 8)] as const,
      ),
    );
    await using tree = await temporaryTree({
      ...Object.fromEntries(train),
      'val/a/1.jpg': await solidImage(200, 8),
      'val/b/1.jpg': await solidImage(220, 8),
    });
    const options = { directory: tree.root, ...small, validation: 2, validationSeed: 1 };
    const dataset = await createImageFolder(options);
    expect(dataset.info.sizes).toEqual({ train: 4, validation: 2, test: 2 });
    const held = await greyImages(dataset, 'validation');
    const all = [...(await greyImages(dataset, 'train')), ...held];
    expect(all.map(([value]) => value).sort((a, b) => a - b)).toEqual(grey);
    expect(await greyImages(dataset, 'test')).toEqual([
      [200, 0],
      [220, 1],
    ]);
    await dataset.dispose?.();

    const limited = await createImageFolder({
      ...options,
      validation: 0,
      limit: { train: 2, test: 1 },
    });
    expect(limited.info.sizes).toEqual({ train: 2, test: 1 });
    // One of each class, although a comes first.
    expect((await greyImages(limited, 'train')).map(([, label]) => label)).toEqual([0, 1]);
    await limited.dispose?.();
  });

  test('evaluated with some of its classes keeps their numbers, where that is allowed', async () => {
    await using tree = await temporaryTree({
      'train/a/1.jpg': '',
      'train/b/1.jpg': '',
      'test/b/1.jpg': await solidImage(60, 8),
    });
    const options = { directory: tree.root, ...small };
    await expect(createImageFolder(options)).rejects.toMatchObject({ code: 'DATASET_EMPTY_CLASS' });
    const dataset = await createImageFolder({ ...options, allowEmptyClasses: true });
    expect(await greyImages(dataset, 'test')).toEqual([[60, 1]]);
    await dataset.dispose?.();
  });

  test('cuts the centre out of evaluation images after resizing, and with "none" out of training images too', async () => {
    // Black, with a white square of 8 x 8 in the middle of 16 x 16.
    const square = await sharp({
      create: { width: 16, height: 16, channels: 3, background: 'black' },
    })
      .composite([{ input: await solidPng(8), left: 4, top: 4 }])
      .png()
      .toBuffer();
    await using tree = await temporaryTree({ 'train/a/1.png': square, 'test/a/1.png': square });
    const options = { directory: tree.root, ...small, augment: 'none' } as const;
    const cut = await createImageFolder({ ...options, resize: 16 });
    for (const split of ['train', 'test'] as const) {
      for await (const { x } of cut.batches(split, { batchSize: 1, seed: 5 })) {
        expect(new Set(x)).toEqual(new Set([1]));
      }
    }
    await cut.dispose?.();
    // Scaled to 8 x 8 before the centre of 8 x 8 is cut out: the corners stay black.
    const scaled = await createImageFolder({ ...options, resize: 8 });
    expect(await greyImages(scaled, 'test')).toEqual([[0, 0]]);
    await scaled.dispose?.();
  });
});

const solidPng = (size: number) => {
  const create = { width: size, height: size, channels: 3, background: 'white' } as const;
  return sharp({ create }).png().toBuffer();
};

describe('an image folder is refused', () => {
  test('without train: the message says what is there', async () => {
    await using tree = await temporaryTree(['cats/1.jpg', 'dogs/1.jpg', 'labels.csv']);
    await expect(createImageFolder({ directory: tree.root })).rejects.toMatchObject({
      code: 'DATASET_NO_TRAIN_FOLDER',
      message: expect.stringMatching(
        /expected a folder "train" .*; found the folders cats, dogs and the files labels\.csv\./,
      ),
    });
  });

  test('without images to evaluate with, unless some are held out', async () => {
    await using tree = await temporaryTree(['train/a/1.jpg', 'train/a/2.jpg', 'train/b/1.jpg']);
    const directory = tree.root;
    await expect(createImageFolder({ directory })).rejects.toMatchObject({
      code: 'DATASET_NO_EVALUATION',
      message: expect.stringMatching(/folder val or test, or the option "validation"/),
    });
    const { info } = await createImageFolder({ directory, validation: 1 });
    expect(info.sizes).toEqual({ train: 2, validation: 1 });
  });

  test('where validation images would be held out besides those of a folder', async () => {
    await using tree = await temporaryTree(['train/a/1.jpg', 'val/a/1.jpg', 'test/a/1.jpg']);
    await expect(createImageFolder({ directory: tree.root, validation: 1 })).rejects.toMatchObject({
      code: 'DATASET_NOTHING_TO_HOLD_OUT',
      message: expect.stringMatching(/has 1 validation images of its own/),
    });
  });

  test('where two folders would be one split', async () => {
    await using tree = await temporaryTree(['train/a/1.jpg', 'training/a/1.jpg']);
    await expect(createImageFolder({ directory: tree.root })).rejects.toMatchObject({
      code: 'DATASET_AMBIGUOUS_FOLDERS',
      message: expect.stringMatching(/train and training would both be the split "train"/),
    });
  });
});

test('files that are left out are said once, in a line for each split', async () => {
  await using tree = await temporaryTree(['train/a/1.jpg', 'train/a/list.txt', 'val/a/1.jpg']);
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), warn: () => {} };
  await createImageFolder({ directory: tree.root }, log);
  expect(lines).toEqual([
    expect.stringMatching(/train: left out 1 of its files, .* for example .*list\.txt/),
  ]);
});

test('completed options name every default, and completing them again changes nothing', () => {
  const registry = new Registry().use(
    definePlugin({ name: 'plugin', core: '*', provides: { dataset: imageFolderParts } }),
  );
  const completed = registry.complete('dataset', { name: 'image-folder', directory: 'x' });
  expect(completed).toMatchObject({
    imageSize: 224,
    augment: 'standard',
    normalization: 'standard',
    validation: 0,
  });
  expect(registry.complete('dataset', completed)).toEqual(completed);
});
