import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
  cacheDirectoryOf,
  chooseEntry,
  commitEntry,
  createWorkDirectory,
  readCurrentEntry,
  readEntry,
} from './cache.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'pare-cache-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

async function build(key: string, library = '12345'): Promise<void> {
  const work = await createWorkDirectory(cache, key);
  await mkdir(join(work, 'lib'));
  await writeFile(join(work, 'lib', 'a.so'), library);
  await writeFile(join(work, 'b.node'), '123');
  await commitEntry(cache, key, work, {
    source: 'wheel',
    version: '2.21.0',
    binding: 'b.node',
    libraries: [{ path: 'lib/a.so', bytes: library.length }],
  });
}

describe('cacheDirectoryOf', () => {
  test('takes PARE_CACHE_DIR before XDG_CACHE_HOME before the home folder', () => {
    const env = { PARE_CACHE_DIR: '/p', XDG_CACHE_HOME: '/x', HOME: '/h' };
    expect(cacheDirectoryOf(env)).toBe('/p/tensorflow');
    expect(cacheDirectoryOf({ ...env, PARE_CACHE_DIR: '' })).toBe('/x/pare/tensorflow');
    expect(cacheDirectoryOf({ HOME: '/h' })).toBe('/h/.cache/pare/tensorflow');
  });

  test('ignores a relative XDG_CACHE_HOME, as the XDG rules ask', () => {
    expect(cacheDirectoryOf({ XDG_CACHE_HOME: 'x', HOME: '/h' })).toBe('/h/.cache/pare/tensorflow');
  });
});

describe('cache entries', () => {
  test('come back with absolute paths and their size', async () => {
    await build('k');
    expect(readEntry(cache, 'k')).toEqual({
      source: 'wheel',
      version: '2.21.0',
      bindingPath: join(cache, 'k', 'b.node'),
      libraries: [{ path: join(cache, 'k', 'lib', 'a.so'), bytes: 5 }],
      bytes: 8,
    });
  });

  test('are replaced whole, with nothing left beside them', async () => {
    await build('k');
    await build('k', '1234567');
    expect(readEntry(cache, 'k')?.bytes).toBe(10);
    expect(await readdir(cache)).toEqual(['k']);
  });

  test('count as absent when a library was cut short or the binding is gone', async () => {
    await build('cut');
    await writeFile(join(cache, 'cut', 'lib', 'a.so'), '1234');
    expect(readEntry(cache, 'cut')).toBeUndefined();
    await build('gone');
    await rm(join(cache, 'gone', 'b.node'));
    expect(readEntry(cache, 'gone')).toBeUndefined();
  });

  test('count as absent when the manifest is damaged or of another format', async () => {
    await build('k');
    await writeFile(join(cache, 'k', 'native.json'), '{"format": 1, "bind');
    expect(readEntry(cache, 'k')).toBeUndefined();
    await writeFile(join(cache, 'k', 'native.json'), '{"format": 0}');
    expect(readEntry(cache, 'k')).toBeUndefined();
  });

  test('are chosen by key; a choice whose entry is gone is none', async () => {
    expect(readCurrentEntry(cache)).toBeUndefined();
    await build('k');
    await chooseEntry(cache, 'k');
    expect(readCurrentEntry(cache)?.version).toBe('2.21.0');
    await rm(join(cache, 'k'), { recursive: true });
    expect(readCurrentEntry(cache)).toBeUndefined();
  });
});

test('a new work folder removes what killed installs left', async () => {
  await mkdir(join(cache, '.partial-k-1', 'lib'), { recursive: true });
  await build('other');
  const work = await createWorkDirectory(cache, 'k');
  expect((await readdir(cache)).sort()).toEqual([`.partial-k-${process.pid}`, 'other']);
  expect(await readdir(work)).toEqual([]);
});
