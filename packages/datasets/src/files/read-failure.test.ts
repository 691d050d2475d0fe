import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCifar10 } from '../cifar/cifar-10.ts';
import { temporaryTree } from '../folder/testing/temporary-tree.ts';
import { createMnist } from '../mnist.ts';
import { createSvhn } from '../svhn/svhn.ts';
import { createTinyImagenet } from '../tiny-imagenet.ts';
import { isReadableFile, readFailure } from './read-failure.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'pare-read-'))));
afterEach(() => rm(directory, { recursive: true }));

const system = (code: string) =>
  Object.assign(new Error(`${code}: it went wrong`), { code, syscall: 'open' });

describe('what the system says becomes a sentence for a person', () => {
  test.each([
    ['EACCES', 'a.bin: cannot be read: no permission (EACCES). Let this user read it'],
    ['EISDIR', 'a.bin: cannot be read: it is a folder; expected a file.'],
    ['ENOENT', 'a.bin: cannot be read: it was there before and is gone.'],
    ['EIO', 'a.bin: cannot be read: EIO: it went wrong. Check the disk'],
  ])('%s', (code, message) => {
    expect(readFailure('a.bin', system(code))).toMatchObject({
      code: 'DATASET_UNREADABLE',
      message: expect.stringContaining(message),
    });
  });

  test('other errors stay as they are', () => {
    const error = new TypeError('x is not a function');
    expect(readFailure('a.bin', error)).toBe(error);
  });
});

describe('a file', () => {
  test('is there or not', async () => {
    const path = join(directory, 'file');
    expect(await isReadableFile(path)).toBe(false);
    await writeFile(path, '');
    expect(await isReadableFile(path)).toBe(true);
    expect(await isReadableFile(join(path, 'below'))).toBe(false);
  });

  test('that is a folder is an error', async () => {
    await expect(isReadableFile(directory)).rejects.toMatchObject({ code: 'DATASET_UNREADABLE' });
  });
});

const folderNamed = (name: string) => temporaryTree([`${name}/`]);

describe('a folder in the place of a file, or the reverse, is refused by', () => {
  const isFolder = {
    code: 'DATASET_UNREADABLE',
    message: expect.stringMatching(/it is a folder; expected a file/),
  };
  const isFile = (owner: string) => ({
    code: 'DATASET_FILE_NOT_FOUND',
    message: expect.stringMatching(new RegExp(`^${owner}: .*file is a file; expected the folder`)),
  });

  test.each([true, false])('CIFAR-10, verify: %s', async (verify) => {
    await using tree = await temporaryTree(['data_batch_1.bin', 'data_batch_2.bin/', 'file']);
    await expect(createCifar10({ directory: tree.root, verify })).rejects.toMatchObject(isFolder);
    const options = { directory: join(tree.root, 'file'), verify };
    await expect(createCifar10(options)).rejects.toMatchObject(isFile('cifar-10'));
  });

  test.each([true, false])('SVHN, verify: %s', async (verify) => {
    await using tree = await folderNamed('train_32x32.mat');
    await expect(createSvhn({ directory: tree.root, verify })).rejects.toMatchObject(isFolder);
    await writeFile(join(directory, 'file'), '');
    const options = { directory: join(directory, 'file'), verify };
    await expect(createSvhn(options)).rejects.toMatchObject(isFile('svhn'));
  });

  test('MNIST', async () => {
    await using tree = await folderNamed('train-images-idx3-ubyte');
    await expect(createMnist({ directory: tree.root })).rejects.toMatchObject(isFolder);
    await writeFile(join(directory, 'file'), '');
    const options = { directory: join(directory, 'file') };
    await expect(createMnist(options)).rejects.toMatchObject(isFile('mnist'));
  });

  test('Tiny ImageNet', async () => {
    await using tree = await folderNamed('wnids.txt');
    await expect(createTinyImagenet({ directory: tree.root })).rejects.toMatchObject(isFolder);
    await writeFile(join(directory, 'file'), '');
    const options = { directory: join(directory, 'file') };
    await expect(createTinyImagenet(options)).rejects.toMatchObject(isFile('tiny-imagenet'));
  });
});
