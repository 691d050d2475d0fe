import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchFiles } from './fetch-files.ts';
import { checkFiles } from './check-files.ts';
import { fileServer } from './testing/file-server.ts';
import { manifestOf, published } from './testing/published.ts';
import { zipOf } from './testing/zip-of.ts';
import { unpackZip } from './unpack-zip.ts';
import type { ZipFileParts } from './testing/zip-of.ts';

const good: ZipFileParts[] = [
  { name: 'things/' },
  { name: 'things/a.txt', content: 'first' },
  { name: 'things/in/b.txt', content: 'second' },
];

let parent: string;
let directory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pare-zip-'));
  directory = join(parent, 'data');
  await mkdir(directory);
});
afterEach(() => rm(parent, { recursive: true }));

const zip = (...files: ZipFileParts[]) => writeFile(join(directory, 'things.zip'), zipOf(...files));
const unpack = () => unpackZip(directory, 'things.zip');

describe('an archive', () => {
  test('is unpacked beside itself', async () => {
    await zip(...good);
    await unpack();
    expect((await readdir(directory)).sort()).toEqual(['things', 'things.zip']);
    expect(await readFile(join(directory, 'things/in/b.txt'), 'utf8')).toBe('second');
  });

  test('tells how far it is, in bytes of all files', async () => {
    await zip(...good);
    const steps: number[][] = [];
    await unpackZip(directory, 'things.zip', {
      onEvent: (event) => {
        if (event.type === 'progress') steps.push([event.done, event.total]);
      },
    });
    expect(steps).toEqual([
      [5, 11],
      [11, 11],
    ]);
  });

  test('whose unpacking was interrupted has left no folder, and unpacks', async () => {
    await zip(...good);
    const controller = new AbortController();
    const onEvent = () => controller.abort();
    const stopped = unpackZip(directory, 'things.zip', { signal: controller.signal, onEvent });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(directory)).toEqual(['things.zip']);
    // As after a kill.
    await mkdir(join(directory, '.things.unpacking', 'things'), { recursive: true });
    await writeFile(join(directory, '.things.unpacking', 'things', 'a.txt'), 'fi');
    await unpack();
    expect(await readFile(join(directory, 'things/a.txt'), 'utf8')).toBe('first');
    expect((await readdir(directory)).sort()).toEqual(['things', 'things.zip']);
  });
});

describe('nothing is written, and DATASET_BAD_ARCHIVE says why, for', () => {
  const first = { name: 'things/a.txt', content: 'first' };
  test.each<[string, RegExp, ZipFileParts[]]>([
    ['a path out of the folder', /invalid relative path/, [{ name: 'things/../../evil.txt' }]],
    ['an absolute path', /absolute path/, [{ name: '/tmp/evil.txt' }]],
    ['a path with backslashes', /invalid characters/, [{ name: 'things\\..\\evil.txt' }]],
    ['a symbolic link', /"things\/l" is a symbolic link/, [{ name: 'things/l', mode: 0o120777 }]],
    ['a file beside the folder', /"b.txt" is not in the folder "things"/, [{ name: 'b.txt' }]],
    ['other content than listed', /another CRC-32/, [{ ...first, name: 'things/b', crc32: 1 }]],
  ])('%s', async (_, reason, files) => {
    await zip(first, ...files);
    await expect(unpack()).rejects.toMatchObject({
      code: 'DATASET_BAD_ARCHIVE',
      message: expect.stringMatching(reason),
    });
    expect([await readdir(directory), await readdir(parent)]).toEqual([['things.zip'], ['data']]);
  });

  test('what is no archive', async () => {
    await writeFile(join(directory, 'things.zip'), 'no zip');
    await expect(unpack()).rejects.toMatchObject({ code: 'DATASET_BAD_ARCHIVE' });
  });
});

describe('a data set in an archive', () => {
  const archive = zipOf(...good);
  const manifestFor = (url: string) =>
    manifestOf({ ...published(url, 'things.zip', archive), unpack: 'zip' });
  const states = async (manifest: ReturnType<typeof manifestFor>, full = true) =>
    (await checkFiles(manifest, { directory, full })).files.map(({ name, state }) => [name, state]);

  test('is fetched, unpacked, and then right', async () => {
    await using server = await fileServer({ 'things.zip': { content: archive } });
    const manifest = manifestFor(server.url);
    expect(await states(manifest)).toEqual([['things', 'missing']]);
    await fetchFiles(manifest, { directory });
    expect(await states(manifest)).toEqual([
      ['things.zip', 'ok'],
      ['things', 'ok'],
    ]);
    await rm(join(directory, 'things'), { recursive: true });
    await fetchFiles(manifest, { directory });
    expect(server.requests).toHaveLength(1);
    expect(existsSync(join(directory, 'things/a.txt'))).toBe(true);
  });

  test('may lose its archive: then its files are there, but not compared', async () => {
    await using server = await fileServer({ 'things.zip': { content: archive } });
    const manifest = manifestFor(server.url);
    await fetchFiles(manifest, { directory });
    await rm(join(directory, 'things.zip'));
    expect(await states(manifest)).toEqual([['things', 'unverified']]);
    await fetchFiles(manifest, { directory });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['is missing', () => rm(join(directory, 'things/a.txt')), 'lacks things/a.txt'],
    [
      'is shorter',
      () => writeFile(join(directory, 'things/a.txt'), 'f'),
      'things/a.txt has 1 bytes instead of 5',
    ],
    [
      'has other content',
      () => writeFile(join(directory, 'things/a.txt'), 'First'),
      'things/a.txt has another content than in the archive',
    ],
  ])('is damaged where a file %s, and is not replaced unasked', async (_, harm, detail) => {
    await zip(...good);
    await unpack();
    await harm();
    const manifest = manifestFor('http://127.0.0.1:9');
    const { files } = await checkFiles(manifest, { directory, full: true });
    expect(files[1]).toEqual({ name: 'things', state: 'damaged', detail });
    expect(await states(manifest, false)).toEqual([
      ['things.zip', 'unverified'],
      ['things', 'unverified'],
    ]);
    await expect(fetchFiles(manifest, { directory })).rejects.toMatchObject({
      code: 'DATASET_UNPACKED_DAMAGED',
      message: expect.stringContaining('Move the folder away'),
    });
  });
});
