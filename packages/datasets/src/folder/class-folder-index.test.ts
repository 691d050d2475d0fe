import { relative, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { indexClassFolders } from './class-folder-index.ts';
import { temporaryTree } from './testing/temporary-tree.ts';
import type { ClassFolderIndex } from './class-folder-index.ts';

/** Path below the root and class number of every image, in order. */
const entries = (index: ClassFolderIndex, root: string): [string, number][] =>
  Array.from({ length: index.count }, (_, i) => [
    relative(root, index.pathOf(i)).split(sep).join('/'),
    index.labelOf(i),
  ]);

describe('class folders', () => {
  test('are numbered in the order of code points, wherever they were made', async () => {
    // Without folders in between, UTF-16 units would put U+10400 (a pair from U+D801) before U+FB01.
    const names = ['b', '\u{10400}', 'B', '\ufb01', 'a10', 'a9', 'é'];
    await using tree = await temporaryTree(names.map((name) => `${name}/1.png`));
    const { classes } = await indexClassFolders(tree);
    expect(classes).toEqual(['B', 'a10', 'a9', 'b', 'é', '\ufb01', '\u{10400}']);
  });

  test('give their images sorted by folder and name, also from folders below', async () => {
    await using tree = await temporaryTree([
      'cat/b.png',
      'cat/a.JPG',
      'cat/sub/a.jpeg',
      'cat/sub-1/x.webp',
      'cat/sub/deep/z.png',
      'ant/9.PNG',
      'ant/10.png',
    ]);
    // The order of torchvision's ImageFolder, which sorts whole folder paths: sub, sub-1, sub/deep.
    expect(entries(await indexClassFolders(tree), tree.root)).toEqual([
      ['ant/10.png', 0],
      ['ant/9.PNG', 0],
      ['cat/a.JPG', 1],
      ['cat/b.png', 1],
      ['cat/sub/a.jpeg', 1],
      ['cat/sub-1/x.webp', 1],
      ['cat/sub/deep/z.png', 1],
    ]);
  });

  test('may hold other files, which are counted, and hidden ones, which are not', async () => {
    await using tree = await temporaryTree([
      'a/1.png',
      'a/.2.png',
      'a/boxes.txt',
      'a/3.bmp',
      'a/4.png.part',
      '.git/5.png',
      'README.md',
      'cover.png',
    ]);
    const index = await indexClassFolders(tree);
    expect(entries(index, tree.root)).toEqual([['a/1.png', 0]]);
    expect(index.ignored.count).toBe(5);
    expect(index.ignored.example).toBe(`${tree.root}${sep}cover.png`);
  });

  test('keep the class numbers of training where evaluation has fewer folders', async () => {
    await using tree = await temporaryTree(['b/1.png', 'c/2.png']);
    const options = { root: tree.root, classes: ['a', 'b', 'c'] };
    const index = await indexClassFolders({ ...options, allowEmptyClasses: true });
    expect(entries(index, tree.root)).toEqual([
      ['b/1.png', 1],
      ['c/2.png', 2],
    ]);
    await expect(indexClassFolders(options)).rejects.toMatchObject({
      code: 'DATASET_EMPTY_CLASS',
      message: expect.stringMatching(/a: the class has no images .* there is no such folder/),
    });
  });
});

describe('symbolic links', () => {
  test('to images, folders of images and classes are followed', async () => {
    await using tree = await temporaryTree({
      'store/x.png': '',
      'store/y.png': '',
      'data/a/1.png': { link: '../../store/x.png' },
      'data/a/more': { link: '../../store' },
      'data/b': { link: '../store' },
    });
    const root = `${tree.root}/data`;
    expect(entries(await indexClassFolders({ root }), root)).toEqual([
      ['a/1.png', 0],
      ['a/more/x.png', 0],
      ['a/more/y.png', 0],
      ['b/x.png', 1],
      ['b/y.png', 1],
    ]);
  });

  test('that lead back to a folder above, directly or around, are an error', async () => {
    await using loop = await temporaryTree({ 'a/1.png': '', 'a/again': { link: '..' } });
    await expect(indexClassFolders(loop)).rejects.toMatchObject({
      code: 'DATASET_LINK_CYCLE',
      message: expect.stringContaining(`again`),
    });
    await using pair = await temporaryTree({
      'a/1.png': '',
      'a/to-b': { link: '../b' },
      'b/1.png': '',
      'b/to-a': { link: '../a' },
    });
    await expect(indexClassFolders(pair)).rejects.toMatchObject({ code: 'DATASET_LINK_CYCLE' });
  });

  test('to nothing are an error where an image should be, and ignored elsewhere', async () => {
    await using tree = await temporaryTree({ 'a/1.png': '', 'a/notes': { link: 'gone' } });
    expect((await indexClassFolders(tree)).ignored.count).toBe(1);
    await using broken = await temporaryTree({ 'a/1.png': { link: 'gone.png' } });
    await expect(indexClassFolders(broken)).rejects.toMatchObject({
      code: 'DATASET_BROKEN_LINK',
      message: expect.stringMatching(/1\.png: is a symbolic link to a file that is not there/),
    });
  });
});

describe('errors of class folders say', () => {
  test('which class is empty, what is there instead, and how many are empty', async () => {
    await using tree = await temporaryTree(['a/1.png', 'b/1.gif', 'b/2.gif', 'c/']);
    await expect(indexClassFolders(tree)).rejects.toMatchObject({
      code: 'DATASET_EMPTY_CLASS',
      message: expect.stringMatching(
        /b: the class has no images \(jpg, jpeg, png, webp\); other files: 2, for example .*1\.gif\. 2 of 3 classes have none/,
      ),
    });
    const { classes, count } = await indexClassFolders({ ...tree, allowEmptyClasses: true });
    expect([classes.length, count]).toEqual([3, 1]);
  });

  test('that a folder of evaluation is no class of training', async () => {
    await using tree = await temporaryTree(['a/1.png', 'x/1.png', 'y/1.png']);
    await expect(
      indexClassFolders({ root: tree.root, classes: ['a', 'b', 'c', 'd'] }),
    ).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN_CLASS',
      message: expect.stringMatching(
        /"x" is none of the 4 classes \("a", "b", "c", \.\.\.\); 2 such/,
      ),
    });
  });

  test('that images lie in the root itself, with advice', async () => {
    await using tree = await temporaryTree(['1.png', '2.png']);
    const advice = { flat: 'Sort them.' };
    await expect(indexClassFolders({ root: tree.root, advice })).rejects.toMatchObject({
      code: 'DATASET_NO_CLASSES',
      message: expect.stringMatching(/2 images lie in it directly.* Sort them\.$/),
    });
  });

  test('that a folder is not there, or is a file', async () => {
    await using tree = await temporaryTree(['file']);
    for (const [name, what] of [
      ['gone', 'there is no such folder'],
      ['file', 'is a file; expected a folder'],
    ]) {
      await expect(indexClassFolders({ root: `${tree.root}/${name}` })).rejects.toMatchObject({
        code: 'DATASET_DIRECTORY_NOT_FOUND',
        message: expect.stringContaining(`${name}: ${what}`),
      });
    }
  });
});
