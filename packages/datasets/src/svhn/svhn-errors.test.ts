import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSvhn } from './svhn.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/svhn', import.meta.url));
const plain = { directory: fixtures, verify: false } as const;

describe('SVHN is refused', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pare-svhn-'));
    await copyFile(join(fixtures, 'test_32x32.mat'), join(directory, 'test_32x32.mat'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const withTrain = async (content: Uint8Array) => {
    await writeFile(join(directory, 'train_32x32.mat'), content);
    return createSvhn({ ...plain, directory });
  };
  const train = () => readFile(join(fixtures, 'train_32x32.mat'));
  const failure = (code: string, message: RegExp) => ({
    code,
    message: expect.stringMatching(message),
  });

  test('where a file is missing', async () => {
    await expect(createSvhn({ ...plain, directory })).rejects.toMatchObject(
      failure(
        'DATASET_FILE_NOT_FOUND',
        /svhn: .* has no file train_32x32\.mat\. Run: pare data fetch svhn \(246 MB; with --all 1\.58 GB\).*ufldl\.stanford\.edu/,
      ),
    );
  });

  test('where a file is not the published one, unless verify is false', async () => {
    await expect(createSvhn({ directory: fixtures })).rejects.toMatchObject(
      failure('DATASET_CHECKSUM', /train_32x32\.mat: has \d+ bytes instead of 182040794/),
    );
  });

  test('where a file is cut off', async () => {
    const content = await train();
    await expect(withTrain(content.subarray(0, -20))).rejects.toMatchObject(
      failure(
        'MAT_DAMAGED',
        new RegExp(`cut off after ${content.length - 20} of ${content.length} bytes`),
      ),
    );
  });

  test('where packed data are damaged', async () => {
    const content = await train();
    content[400]! ^= 255;
    await expect(withTrain(content)).rejects.toMatchObject(
      failure('MAT_DAMAGED', /train_32x32\.mat: packed data cannot be unpacked/),
    );
  });

  test('where it is a MAT-file of version 7.3, or none', async () => {
    const newer = await train();
    newer.write('MATLAB 7.3 MAT-file', 0, 'latin1');
    newer[125] = 2;
    await expect(withTrain(newer)).rejects.toMatchObject(
      failure('MAT_UNSUPPORTED', /version 5, little-endian; it begins with "MATLAB 7\.3 MAT-file/),
    );
    await expect(withTrain(Buffer.alloc(500, '<html>'))).rejects.toMatchObject(
      failure('MAT_UNSUPPORTED', /begins with "<html>/),
    );
  });

  /** A MAT-file of the arrays, each an element packed by zlib. */
  const mat = async (...arrays: Uint8Array[]) => {
    const header = (await train()).subarray(0, 128);
    const packed = arrays.map((array) => {
      const content = deflateSync(array);
      return Buffer.concat([tag(15, content.length), content]);
    });
    return Buffer.concat([header, ...packed]);
  };
  const tag = (type: number, size: number) => Buffer.from(Uint32Array.of(type, size).buffer);
  const element = (type: number, content: Uint8Array) =>
    Buffer.concat([tag(type, content.length), content, Buffer.alloc(-content.length & 7)]);
  const array = (name: string, shape: number[], values: Uint8Array) => {
    const parts = [
      element(6, new Uint8Array(8)),
      element(5, new Uint8Array(Int32Array.from(shape).buffer)),
      element(1, Buffer.from(name)),
      element(2, values),
    ];
    return element(14, Buffer.concat(parts));
  };
  const two = array('X', [32, 32, 3, 2], new Uint8Array(6144));

  test.each([
    [
      'counts differ',
      'DATASET_COUNT_MISMATCH',
      /has 2 images, but 1 labels/,
      [two, array('y', [1, 1], Uint8Array.of(3))],
    ],
    [
      'a label is no digit',
      'DATASET_LABEL_RANGE',
      /label 1 .* is 11/,
      [two, array('y', [2, 1], Uint8Array.of(3, 11))],
    ],
    [
      'a label is 0',
      'DATASET_LABEL_RANGE',
      /from 1 to 10; label 0 \(counted from 0\) is 0\. The digit 0 must have the label 10/,
      [two, array('y', [2, 1], Uint8Array.of(0, 1))],
    ],
    ['labels are missing', 'SVHN_BAD_ARRAY', /has no labels "y"/, [two]],
    [
      'images are missing',
      'SVHN_BAD_ARRAY',
      /received none/,
      [array('y', [1, 1], Uint8Array.of(3))],
    ],
    [
      'images have another size',
      'SVHN_BAD_ARRAY',
      /received "X" \[16, 2\] in Uint8Array/,
      [array('X', [16, 2], new Uint8Array(32))],
    ],
    [
      'there are no images',
      'DATASET_EMPTY',
      /has no images/,
      [array('X', [32, 32, 3, 0], new Uint8Array(0)), array('y', [0, 1], new Uint8Array(0))],
    ],
    [
      'numbers are missing',
      'MAT_DAMAGED',
      /"y" \[3, 1\] needs 3 numbers; there are 2/,
      [array('y', [3, 1], Uint8Array.of(1, 2))],
    ],
    [
      'a variable is no array',
      'MAT_UNSUPPORTED',
      /no array of numbers/,
      [element(14, element(6, new Uint8Array(8)))],
    ],
    [
      'an element is too long',
      'MAT_DAMAGED',
      /an element of 99 bytes does not fit/,
      [element(14, tag(2, 99))],
    ],
  ])('where %s', async (_, code, message, arrays) => {
    await expect(withTrain(await mat(...arrays))).rejects.toMatchObject(failure(code, message));
  });
});
