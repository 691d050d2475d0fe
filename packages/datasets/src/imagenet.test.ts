import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { solidImage } from './folder/testing/solid-image.ts';
import { temporaryTree } from './folder/testing/temporary-tree.ts';
import { createImagenet } from './imagenet.ts';
import { imagenetData } from './imagenet/imagenet-data.ts';
import { greyImages } from './testing/grey-images.ts';

/**
 * Grey JPEG images 0, 40, ..., 200 of 8 x 8 with the labels 0 0 1 1 2 2, written by PIL and py-lmdb as in fixtures/README.md:
 * key b'%d' % i, value pickle.dumps((jpeg, i // 2)), and __keys__ and __len__.
 */
const lmdb = brotliDecompressSync(
  readFileSync(new URL('../fixtures/imagenet/jpegs.mdb.br', import.meta.url)),
);

const small = { imageSize: 8, classes: 3, normalization: 'none', workers: 1 } as const;
const hundred = Array.from({ length: 100 }, (_, i) => `n${String(i).padStart(8, '0')}`);

describe('ImageNet in folders', () => {
  test.each([
    ['train', 'val'],
    ['training', 'validation'],
  ])('named %s and %s has the validation images as test split', async (train, val) => {
    await using tree = await temporaryTree({
      [`${train}/n2/n2_1.JPEG`]: await solidImage(10, 9),
      [`${train}/n1/n1_1.JPEG`]: await solidImage(20, 9),
      [`${train}/n3/n3_1.JPEG`]: await solidImage(30, 9),
      [`${val}/n1/ILSVRC2012_val_2.JPEG`]: await solidImage(40, 9),
      [`${val}/n2/ILSVRC2012_val_1.JPEG`]: await solidImage(50, 9),
      [`${val}/n3/ILSVRC2012_val_3.JPEG`]: await solidImage(60, 9),
      'test/ILSVRC2012_test_1.JPEG': '',
    });
    const dataset = await createImagenet({ directory: tree.root, ...small });
    expect(dataset.info).toMatchObject({
      name: 'imagenet',
      classes: 3,
      sizes: { train: 3, test: 3 },
      source: `${tree.root} (folder)`,
    });
    expect(await greyImages(dataset, 'train')).toEqual([
      [20, 0],
      [10, 1],
      [30, 2],
    ]);
    expect(await greyImages(dataset, 'test')).toEqual([
      [40, 0],
      [50, 1],
      [60, 2],
    ]);
    await dataset.dispose?.();
  });

  test('has images of 224 x 224 normalised as the papers do; LC has 227 x 227', async () => {
    await using tree = await temporaryTree(
      hundred.flatMap((name) => [`train/${name}/1.JPEG`, `val/${name}/1.JPEG`]),
    );
    const options = { directory: tree.root, classes: 100 };
    expect((await createImagenet(options)).info).toMatchObject({
      imageShape: [224, 224, 3],
      normalization: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
    });
    const { info } = await createImagenet({ ...options, imageSize: 227, resize: 256 });
    expect(info.imageShape).toEqual([227, 227, 3]);
  });

  test('shows the centre of 224 out of a shorter side of 256 in evaluation', async () => {
    // White 224 x 224 in a black 256 x 288.
    const framed = await sharp(await solidImage(255, 224))
      .extend({ top: 16, bottom: 16, left: 32, right: 32, background: 'black' })
      .png()
      .toBuffer();
    await using tree = await temporaryTree({ 'val/a/1.png': framed, 'val/b/1.png': framed });
    const dataset = await createImagenet({
      directory: tree.root,
      ...small,
      imageSize: 224,
      classes: 2,
    });
    for await (const { x } of dataset.batches('test', { batchSize: 2 })) {
      expect(x.length).toBe(2 * 224 * 224 * 3);
      expect(x.every((value) => value === 1)).toBe(true);
    }
    await dataset.dispose?.();
  });

  test('needs all classes, or as many as are said', async () => {
    await using tree = await temporaryTree([
      'train/a/1.JPEG',
      'train/b/1.JPEG',
      'val/a/1.JPEG',
      'val/b/1.JPEG',
    ]);
    await expect(createImagenet({ directory: tree.root })).rejects.toMatchObject({
      code: 'DATASET_CLASS_COUNT',
      message: expect.stringMatching(
        /expected 1000 class folders, found 2\. .* set "classes" to 2/,
      ),
    });
    const { info } = await createImagenet({ directory: tree.root, classes: 2 });
    expect(info.sizes).toEqual({ train: 2, test: 2 });
  });

  test('in the form that was not asked for is refused in one sentence', async () => {
    await using tree = await temporaryTree(['train/a/1.JPEG', 'val/a/1.JPEG']);
    await expect(createImagenet({ directory: tree.root, format: 'lmdb' })).rejects.toMatchObject({
      code: 'DATASET_NO_IMAGES',
      message: expect.stringMatching(/train\.lmdb .*Set "format" to "folder" or leave it out\.$/),
    });
  });

  test('whose validation images are not sorted is refused, with how to sort them', async () => {
    await using tree = await temporaryTree([
      'train/a/1.JPEG',
      'train/b/1.JPEG',
      'val/ILSVRC2012_val_1.JPEG',
    ]);
    await expect(createImagenet({ directory: tree.root, classes: 2 })).rejects.toMatchObject({
      code: 'DATASET_NO_CLASSES',
      message: expect.stringMatching(
        /val: .* 1 images lie in it directly.*Sort .* class folders .*valprep\.sh/,
      ),
    });
  });

  test('without training images serves to evaluate, and says so', async () => {
    await using tree = await temporaryTree(['val/a/1.JPEG', 'val/b/1.JPEG']);
    const warnings: string[] = [];
    const log = { info: () => {}, warn: (line: string) => void warnings.push(line) };
    const { info } = await createImagenet({ directory: tree.root, classes: 2 }, log);
    expect(info.sizes).toEqual({ test: 2 });
    expect(warnings).toEqual([expect.stringMatching(/no training images; only evaluation/)]);
    await expect(
      createImagenet({ directory: tree.root, classes: 2, validation: 1 }),
    ).rejects.toMatchObject({ code: 'DATASET_NOTHING_TO_HOLD_OUT' });
  });
});

describe('ImageNet in LMDB files', () => {
  test('train.lmdb and val.lmdb has the labels of the files', async () => {
    await using tree = await temporaryTree({ 'train.lmdb': lmdb, 'val.lmdb': lmdb });
    const dataset = await createImagenet({ directory: tree.root, ...small, validation: 2 });
    expect(dataset.info.sizes).toEqual({ train: 4, validation: 2, test: 6 });
    expect(await greyImages(dataset, 'test')).toEqual([
      [0, 0],
      [40, 0],
      [80, 1],
      [120, 1],
      [160, 2],
      [200, 2],
    ]);
    await dataset.dispose?.();
  });

  test('may be one file with validation images', async () => {
    await using tree = await temporaryTree({ 'imagenet.mdb': lmdb });
    const dataset = await createImagenet({ directory: `${tree.root}/imagenet.mdb`, ...small });
    expect(dataset.info).toMatchObject({
      sizes: { test: 6 },
      source: expect.stringMatching(/\(lmdb\)$/),
    });
    await dataset.dispose?.();
  });

  test('with a label that is no class number are refused when that image is read', async () => {
    await using tree = await temporaryTree({ 'val.lmdb': lmdb });
    const options = { directory: tree.root, ...small, onBadImage: 'skip' } as const;
    const dataset = await createImagenet({ ...options, classes: 2 });
    await expect(greyImages(dataset, 'test')).rejects.toMatchObject({
      code: 'DATASET_CLASS_COUNT',
      message: expect.stringMatching(
        /val\.lmdb, key "4": with "classes": 2 labels must be from 0 to 1; received 2\./,
      ),
    });
    await dataset.dispose?.();
  });

  test('beside class folders are chosen by "format" only', async () => {
    await using tree = await temporaryTree({
      'val.lmdb': lmdb,
      'train/a/1.JPEG': '',
      'val/a/1.JPEG': '',
      'train/b/1.JPEG': '',
      'val/b/1.JPEG': '',
    });
    await expect(createImagenet({ directory: tree.root, ...small })).rejects.toMatchObject({
      code: 'DATASET_AMBIGUOUS_FOLDERS',
      message: expect.stringMatching(/Set "format" to "folder" or "lmdb"/),
    });
    const chosen = await createImagenet({ directory: tree.root, ...small, format: 'lmdb' });
    expect(chosen.info.sizes).toEqual({ test: 6 });
    await chosen.dispose?.();
    const { info } = await createImagenet({
      directory: tree.root,
      ...small,
      classes: 2,
      format: 'folder',
    });
    expect(info.sizes).toEqual({ train: 2, test: 2 });
  });
});

describe('a directory without ImageNet', () => {
  test('is refused with what was found, and how to get the images', async () => {
    await using tree = await temporaryTree(['images/1.JPEG', 'ILSVRC2012_img_val.tar']);
    await expect(createImagenet({ directory: tree.root })).rejects.toMatchObject({
      code: 'DATASET_NO_IMAGES',
      message: expect.stringMatching(
        /expected folders train and val .*, or LMDB files .*; found the folders images and the files ILSVRC2012_img_val\.tar\. .*image-net\.org/,
      ),
    });
    await expect(createImagenet({ directory: '/nowhere' })).rejects.toMatchObject({
      code: 'DATASET_DIRECTORY_NOT_FOUND',
      message: expect.stringMatching(/^\/nowhere: there is no such folder\. .*image-net\.org/),
    });
  });

  test('cannot be filled by this program, which says what is there', async () => {
    expect(imagenetData).not.toHaveProperty('fetch');
    expect(imagenetData.manifest.files).toEqual([]);
    await using tree = await temporaryTree(['validation/a/1.JPEG']);
    expect(await imagenetData.check({ directory: tree.root })).toEqual({
      directory: tree.root,
      files: [
        { name: 'train', state: 'missing' },
        { name: 'validation', state: 'unverified', detail: expect.any(String) },
      ],
    });
    expect((await imagenetData.check({ directory: '/nowhere' })).files).toEqual([
      { name: 'train', state: 'missing' },
      { name: 'val', state: 'missing' },
    ]);
    expect(imagenetData.manifest.byHand).toMatch(/image-net\.org.*train\/n01440764.*"directory"/s);
  });
});
