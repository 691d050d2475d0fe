import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from './checksum.ts';
import { idxFileNames, loadIdxImages } from './load-idx-images.ts';
import type { IdxChecksums, IdxFile } from './load-idx-images.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'pare-idx-'))));
afterEach(() => rm(directory, { recursive: true }));

function idx(shape: readonly number[], data: readonly number[]): Buffer {
  const words = shape.flatMap((n) => [0, 0, n >> 8, n & 255]);
  return Buffer.from([0, 0, 8, shape.length, ...words, ...data]);
}

/** Two training images and one test image of 1 x 2 pixels, labels from 0 to 2. */
const good: Record<IdxFile, Buffer> = {
  'train-images': idx([2, 1, 2], [10, 20, 30, 40]),
  'train-labels': idx([2], [2, 0]),
  't10k-images': idx([1, 1, 2], [50, 60]),
  't10k-labels': idx([1], [1]),
};
const checksums = Object.fromEntries(
  Object.entries(good).map(([file, bytes]) => [file, sha256(bytes)]),
) as unknown as IdxChecksums;

/** Writes the four files under the names of the given style (0 to 3), some with other content. */
async function write(changed: Partial<Record<IdxFile, Buffer>> = {}, style = 0): Promise<void> {
  for (const [file, bytes] of Object.entries({ ...good, ...changed })) {
    const name = idxFileNames(file as IdxFile)[style]!;
    await writeFile(join(directory, name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  }
}

const load = (expected?: IdxChecksums) =>
  loadIdxImages({ name: 'made-up', directory, classes: 3, checksums: expected, hint: 'Buy it.' });

describe('loading a directory', () => {
  test.each([0, 1, 2, 3])('finds all files under naming style %i', async (style) => {
    await write({}, style);
    const { train, test: held } = await load(checksums);
    expect(train.shape).toEqual([1, 2, 1]);
    expect([[...train.images], [...train.labels]]).toEqual([
      [10, 20, 30, 40],
      [2, 0],
    ]);
    expect([[...held.images], [...held.labels]]).toEqual([[50, 60], [1]]);
  });

  test('knows the names with - and with ., gzipped or not', () => {
    expect(idxFileNames('t10k-labels')).toEqual([
      't10k-labels-idx1-ubyte',
      't10k-labels.idx1-ubyte',
      't10k-labels-idx1-ubyte.gz',
      't10k-labels.idx1-ubyte.gz',
    ]);
  });

  test('reports the checksums of what it read', async () => {
    await write({}, 2);
    expect((await load()).checksums).toEqual(checksums);
  });
});

describe('a directory that is wrong', () => {
  test('misses a file: names all that would do, and how to get them', async () => {
    await write();
    await rm(join(directory, 't10k-labels-idx1-ubyte'));
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_FILE_NOT_FOUND',
      message: `made-up: none of these is in ${directory}: ${idxFileNames('t10k-labels').join(', ')}. Buy it.`,
    });
  });

  test('has something unreadable under a name', async () => {
    await mkdir(join(directory, 'train-images-idx3-ubyte'));
    await expect(load()).rejects.toMatchObject({ code: 'DATASET_UNREADABLE' });
  });

  test('has damaged gzip data', async () => {
    await write({}, 2);
    const path = join(directory, 'train-labels-idx1-ubyte.gz');
    const packed = gzipSync(good['train-labels']);
    await writeFile(path, packed.subarray(0, packed.length - 9));
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_BAD_GZIP',
      message: `${path}: the gzip data is damaged (unexpected end of file). Get the file again.`,
    });
    packed[12]! ^= 0xff;
    await writeFile(path, packed);
    await expect(load()).rejects.toMatchObject({ code: 'DATASET_BAD_GZIP' });
  });

  test('has other data than expected', async () => {
    const other = idx([1, 1, 2], [50, 61]);
    await write({ 't10k-images': other });
    await expect(load()).resolves.toBeDefined();
    await expect(load(checksums)).rejects.toMatchObject({
      code: 'DATASET_CHECKSUM',
      message: expect.stringContaining(
        `its content has SHA-256 ${sha256(other)} instead of ${checksums['t10k-images']}. Get it again, or set "verify" to false`,
      ),
    });
  });

  test('is truncated: says so, not that the checksum differs', async () => {
    await write({ 'train-images': good['train-images'].subarray(0, 18) });
    await expect(load(checksums)).rejects.toMatchObject({ code: 'IDX_TRUNCATED' });
  });

  test('has another number of labels than images', async () => {
    await write({ 'train-labels': idx([3], [0, 1, 2]) });
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_COUNT_MISMATCH',
      message: expect.stringMatching(/has 2 images, but .*train-labels-idx1-ubyte has 3 labels/),
    });
  });

  test('has a label out of range: says which', async () => {
    await write({ 'train-labels': idx([2], [2, 3]) });
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_LABEL_RANGE',
      message: expect.stringContaining('must be from 0 to 2; label 1 (counted from 0) is 3.'),
    });
  });

  test('has test images of another size', async () => {
    await write({ 't10k-images': idx([1, 2, 1], [50, 60]) });
    await expect(load()).rejects.toMatchObject({
      code: 'DATASET_SHAPE_MISMATCH',
      message: expect.stringContaining('must be 1 x 2 x 1'),
    });
  });

  test('has no images', async () => {
    await write({ 't10k-images': idx([0, 1, 2], []), 't10k-labels': idx([0], []) });
    await expect(load()).rejects.toMatchObject({ code: 'DATASET_EMPTY' });
  });
});
