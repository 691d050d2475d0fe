import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { solidImage } from './folder/testing/solid-image.ts';
import { temporaryTree } from './folder/testing/temporary-tree.ts';
import { greyImages } from './testing/grey-images.ts';
import { createTinyImagenet } from './tiny-imagenet.ts';
import { tinyImagenetManifest } from './tiny-imagenet/tiny-imagenet-manifest.ts';
import type { TreeEntry } from './folder/testing/temporary-tree.ts';

/** The archive's folder with three classes of two training images and four validation images, each of its own grey. */
let files: Record<string, TreeEntry>;

/** As in the archive, the list of classes is not sorted. */
const wnids = ['n03', 'n01', 'n02'];

beforeAll(async () => {
  files = { 'wnids.txt': 'n03\nn01\nn02\n', 'test/images/test_0.JPEG': '' };
  let annotations = '';
  for (const [i, wnid] of wnids.entries()) {
    files[`train/${wnid}/${wnid}_boxes.txt`] = '';
    for (const j of [0, 1]) {
      files[`train/${wnid}/images/${wnid}_${j}.JPEG`] = await solidImage(10 * (2 * i + j), 64);
    }
  }
  // val_0 ... val_11: n03, n01, n02, n03, ...
  for (let i = 0; i < 12; i++) {
    files[`val/images/val_${i}.JPEG`] = await solidImage(100 + 10 * i, 64);
    annotations += `val_${i}.JPEG\t${wnids[i % 3]}\t0\t32\t44\t62\n`;
  }
  files['val/val_annotations.txt'] = annotations;
});

const plain = { normalization: 'none', workers: 1 } as const;

describe('Tiny ImageNet', () => {
  test('has the classes in the order of their names, and the validation images as test split', async () => {
    await using tree = await temporaryTree(files);
    const dataset = await createTinyImagenet({ directory: tree.root, ...plain });
    expect(dataset.info).toMatchObject({
      name: 'tiny-imagenet',
      imageShape: [64, 64, 3],
      classes: 3,
      sizes: { train: 6, test: 12 },
    });
    expect(await greyImages(dataset, 'train')).toEqual([
      [20, 0],
      [30, 0],
      [40, 1],
      [50, 1],
      [0, 2],
      [10, 2],
    ]);
    const test = await greyImages(dataset, 'test');
    // By file name: val_0, val_1, val_10, val_11, val_2, ...
    expect(test.slice(0, 5)).toEqual([
      [100, 2],
      [110, 0],
      [200, 0],
      [210, 1],
      [120, 1],
    ]);
    await dataset.dispose?.();
  });

  test('evaluated as BiP does it has the first half of each class, by file name, as validation images', async () => {
    await using tree = await temporaryTree(files);
    const dataset = await createTinyImagenet({ directory: tree.root, ...plain, evaluation: 'bip' });
    expect(dataset.info.sizes).toEqual({ train: 6, validation: 6, test: 6 });
    // n03: 0 3 6 9; n01: 1 10 4 7 (10 sorts before 4); n02: 11 2 5 8.
    const of = (label: number, ...numbers: number[]) => numbers.map((i) => [100 + 10 * i, label]);
    const sorted = (found: number[][]) => found.sort((a, b) => a[0]! - b[0]!);
    expect(sorted(await greyImages(dataset, 'validation'))).toEqual(
      sorted([...of(2, 0, 3), ...of(0, 1, 10), ...of(1, 11, 2)]),
    );
    expect(sorted(await greyImages(dataset, 'test'))).toEqual(
      sorted([...of(2, 6, 9), ...of(0, 4, 7), ...of(1, 5, 8)]),
    );
    await dataset.dispose?.();
  });

  test('is found in the folder that the archive unpacks to, and normalised as ImageNet', async () => {
    await using tree = await temporaryTree(
      Object.fromEntries(
        Object.entries(files).map(([path, entry]) => [`tiny-imagenet-200/${path}`, entry]),
      ),
    );
    const { info } = await createTinyImagenet({ directory: tree.root, validation: 2 });
    expect(info).toMatchObject({
      source: join(tree.root, 'tiny-imagenet-200'),
      sizes: { train: 4, validation: 2, test: 12 },
      normalization: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
    });
  });

  test('is read once: a second pass needs no files', async () => {
    await using tree = await temporaryTree(files);
    const dataset = await createTinyImagenet({ directory: tree.root, ...plain });
    const first = await greyImages(dataset, 'train');
    await rm(join(tree.root, 'train'), { recursive: true });
    expect(await greyImages(dataset, 'train')).toEqual(first);
    await dataset.dispose?.();
  });

  test.each([
    ['standard', -0.485 / 0.229],
    ['bip', 0],
    [{ flip: 0 }, -0.485 / 0.229],
    [{ fill: 'mean' }, 0],
  ] as const)('augmented as %j has pixels of %d around its crops', async (augment, around) => {
    const white = await solidImage(255, 64);
    const train = Object.keys(files).filter(
      (path) => path.startsWith('train/n') && path.endsWith('JPEG'),
    );
    await using tree = await temporaryTree({
      ...files,
      ...Object.fromEntries(train.map((path) => [path, white])),
    });
    const dataset = await createTinyImagenet({ directory: tree.root, augment, workers: 1 });
    const reds = new Set<number>();
    for await (const { x } of dataset.batches('train', { batchSize: 6, seed: 1 })) {
      for (let i = 0; i < x.length; i += 3) reds.add(x[i]!);
    }
    const [low, high] = [...reds].sort((a, b) => a - b);
    expect(reds.size).toBe(2);
    expect(low).toBeCloseTo(around, 5);
    expect(high).toBeCloseTo((1 - 0.485) / 0.229, 5);
    await dataset.dispose?.();
  });
});

test('all 200 classes with fewer images than the archive has are taken, with a warning', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `n${i}`);
  await using tree = await temporaryTree({
    'wnids.txt': names.join('\n'),
    'val/images/val_0.JPEG': '',
    'val/val_annotations.txt': 'val_0.JPEG\tn7\t0\t0\t63\t63\n',
    ...Object.fromEntries(names.map((name) => [`train/${name}/images/1.JPEG`, ''])),
  });
  const warnings: string[] = [];
  const log = { info: () => {}, warn: (line: string) => void warnings.push(line) };
  await createTinyImagenet({ directory: tree.root }, log);
  expect(warnings).toEqual([expect.stringMatching(/has 200 and 1 images; .* 100000 and 10000/)]);
});

describe('Tiny ImageNet is refused', () => {
  const without = (...paths: string[]) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
  const refusal = async (entries: Record<string, TreeEntry>) => {
    await using tree = await temporaryTree(entries);
    // Awaited here: the tree is deleted at the end of this function.
    return await createTinyImagenet({ directory: tree.root }).then(
      () => undefined,
      (error: unknown) => error,
    );
  };

  test('where it is not there, with what to do', async () => {
    await expect(createTinyImagenet({ directory: '/nowhere/tiny' })).rejects.toMatchObject({
      code: 'DATASET_FILE_NOT_FOUND',
      message: expect.stringMatching(
        /^tiny-imagenet: there is no folder \/nowhere\/tiny\. Run: pare data fetch tiny-imagenet .*"directory"/,
      ),
    });
  });

  test('with labels that do not fit its images', async () => {
    expect(await refusal(without('val/images/val_3.JPEG', 'val/images/val_5.JPEG'))).toMatchObject({
      code: 'DATASET_LABEL_MISMATCH',
      message: expect.stringMatching(
        /val_annotations\.txt: val_3\.JPEG is labelled, but not there; .* 2\./,
      ),
    });
    expect(await refusal({ ...files, 'val/images/x.JPEG': '' })).toMatchObject({
      code: 'DATASET_LABEL_MISMATCH',
      message: expect.stringMatching(/x\.JPEG has no label; such images in all: 1\./),
    });
  });

  test('with a class that has no training images', async () => {
    const lost = ['train/n02/images/n02_0.JPEG', 'train/n02/images/n02_1.JPEG'];
    expect(await refusal(without(...lost))).toMatchObject({
      code: 'DATASET_EMPTY_CLASS',
      // There is no option that would take it.
      message: expect.stringMatching(/n02: the class has no images .* Unpack the archive again\.$/),
    });
  });

  test('with a folder of images missing', async () => {
    const isTrain = (path: string) => path.startsWith('train/');
    expect(await refusal(without(...Object.keys(files).filter(isTrain)))).toMatchObject({
      code: 'DATASET_DIRECTORY_NOT_FOUND',
      message: expect.stringMatching(
        /train: there is no such folder\. Unpack the archive again\.$/,
      ),
    });
  });

  test('with class folders that wnids.txt does not list', async () => {
    expect(
      await refusal({ ...files, 'wnids.txt': 'n01\nn03\nn02\n', 'train/n9/images/1.JPEG': '' }),
    ).toMatchObject({
      code: 'DATASET_UNKNOWN_CLASS',
      message: expect.stringMatching(/"n9" is none of the 3 classes/),
    });
  });
});

test('the archive is the published one, checked by its MD5', () => {
  expect(tinyImagenetManifest).toMatchObject({
    dataset: 'tiny-imagenet',
    files: [{ bytes: 248_100_043, md5: '90528d7ca1a48142e341f4ef8d21d0de', unpack: 'zip' }],
  });
});
