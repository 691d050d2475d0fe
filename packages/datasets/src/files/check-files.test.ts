import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkFiles } from './check-files.ts';
import { dataDirectory } from './data-directory.ts';
import { dataHint } from './data-hint.ts';
import { manifestOf, published } from './testing/published.ts';

const hello = Buffer.from('hello');
/** Sums of "hello", from md5sum and sha256sum. */
const md5 = '5d41402abc4b2a76b9719d911017c592';
const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const url = 'http://127.0.0.1:9';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pare-check-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('a file', () => {
  const look = async (sums: object, full = true) => {
    const manifest = manifestOf(published(url, 'a.bin', hello, sums));
    return (await checkFiles(manifest, { directory, full })).files[0];
  };
  const write = (content: string) => writeFile(join(directory, 'a.bin'), content);

  test('that is not there is missing, also where its folder is not', async () => {
    expect(await look({ md5 })).toEqual({ name: 'a.bin', state: 'missing' });
    await rm(directory, { recursive: true });
    expect(await look({ md5 })).toEqual({ name: 'a.bin', state: 'missing' });
    await mkdir(directory);
  });

  test.each([
    ['MD5', { md5 }],
    ['SHA-256', { sha256 }],
    ['both', { md5, sha256 }],
  ])('with the published %s is ok', async (_, sums) => {
    await write('hello');
    expect(await look(sums)).toEqual({ name: 'a.bin', state: 'ok', bytes: 5 });
  });

  test('with one wrong checksum of two is damaged', async () => {
    await write('hello');
    expect(await look({ md5, sha256: '00' })).toMatchObject({
      state: 'damaged',
      detail: `has SHA-256 ${sha256} instead of 00`,
    });
  });

  test('of another size is damaged without a look at its content', async () => {
    await write('hell');
    const detail = 'has 4 bytes instead of 5';
    expect(await look({ md5 }, false)).toMatchObject({ state: 'damaged', detail });
  });

  test('is unverified where nobody compares, or the publishers give nothing to compare with', async () => {
    await write('jello');
    expect(await look({ md5 }, false)).toMatchObject({
      state: 'unverified',
      detail: 'its content was not compared',
    });
    expect(await look({})).toMatchObject({
      state: 'unverified',
      detail: 'its publishers give no checksum',
    });
  });
});

test('an optional file counts where it is there, or where all files are asked for', async () => {
  const manifest = manifestOf({ ...published(url, 'a.bin', hello), optional: true });
  const states = async (all?: boolean) =>
    (await checkFiles(manifest, { directory, all })).files.map(({ state }) => state);
  expect([await states(), await states(true)]).toEqual([[], ['missing']]);
  await writeFile(join(directory, 'a.bin'), 'hello');
  expect(await states()).toEqual(['unverified']);
});

test('the folder of an archive may be named itself', async () => {
  const manifest = manifestOf({ ...published(url, 'things.zip', hello), unpack: 'zip' });
  const inside = join(directory, 'things');
  await mkdir(inside);
  expect(await checkFiles(manifest, { directory: inside })).toMatchObject({
    directory,
    files: [{ name: 'things', state: 'unverified' }],
  });
});

describe('the directory of data', () => {
  test.each([
    [{ PARE_DATA_DIR: '/data', PARE_CACHE_DIR: '/cache' }, '/data/cifar-10'],
    [{ PARE_CACHE_DIR: '/cache', XDG_CACHE_HOME: '/xdg' }, '/cache/data/cifar-10'],
    [{ XDG_CACHE_HOME: '/xdg' }, '/xdg/pare/data/cifar-10'],
  ])('of %j', (environment, expected) => {
    expect(dataDirectory('cifar-10', environment)).toBe(resolve(expected));
  });
});

describe('the hint where files are missing', () => {
  test('names the command and its size, then the way by hand', () => {
    const manifest = manifestOf({ ...published(url, 'a', hello), bytes: 170_498_071 });
    expect(dataHint(manifest)).toBe(
      'Run: pare data fetch things (170 MB). Or by hand: ask a friend.',
    );
  });

  test('names the size of all files where some are not needed by all', () => {
    const a = { ...published(url, 'a', hello), bytes: 200e6 };
    const b = { ...published(url, 'b', hello), bytes: 1.3e9, optional: true };
    expect(dataHint(manifestOf(a, b))).toMatch(/^Run: .* \(200 MB; with --all 1.5 GB\)\./);
  });

  test('is only the way by hand where nothing may be downloaded', () => {
    expect(dataHint(manifestOf())).toBe('ask a friend.');
  });
});
