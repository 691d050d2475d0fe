import { access, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fetchFiles } from './fetch-files.ts';
import { fileServer } from './testing/file-server.ts';
import { manifestOf, published, someBytes } from './testing/published.ts';
import type { DataEvent } from '@pare/core';

const content = someBytes(50_000);
const noPause = () => Promise.resolve();

/** Told messages, without progress. */
function listener() {
  const events: DataEvent[] = [];
  const messages = () => events.flatMap((event) => (event.type === 'notice' ? event.message : []));
  return { events, messages, onEvent: (event: DataEvent) => void events.push(event) };
}

describe('files that are missing', () => {
  test('are downloaded, and lie under their names only', async () => {
    await using server = await fileServer({ 'a.bin': { content }, 'b.bin': { content } });
    const { url } = server;
    const directory = join(server.directory, 'new', 'folder');
    const manifest = manifestOf(published(url, 'a.bin', content), published(url, 'b.bin', content));
    const { files } = await fetchFiles(manifest, { directory });
    expect(files).toEqual([
      { name: 'a.bin', state: 'ok', bytes: 50_000 },
      { name: 'b.bin', state: 'ok', bytes: 50_000 },
    ]);
    expect((await readdir(directory)).sort()).toEqual(['a.bin', 'b.bin']);
    expect((await readFile(join(directory, 'a.bin'))).equals(content)).toBe(true);
  });

  test('come from a mirror where one is named', async () => {
    await using server = await fileServer({ 'mirror/a.bin': { content } });
    const { url, directory, requests } = server;
    const manifest = manifestOf(published('http://127.0.0.1:9', 'a.bin', content));
    await fetchFiles(manifest, { directory, url: `${url}/mirror/` });
    expect(requests.map(({ path }) => path)).toEqual(['/mirror/a.bin']);
    await expect(
      fetchFiles(manifest, { directory: join(directory, 'x'), url: 'ftp://x' }),
    ).rejects.toMatchObject({
      code: 'OPTION_ERROR',
      message: expect.stringContaining('"ftp://x"'),
    });
  });

  test('are told: where from, how far, and that they were compared', async () => {
    await using server = await fileServer({ 'a.bin': { content } });
    const { url, directory } = server;
    const { events, messages, onEvent } = listener();
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, onEvent });
    expect(messages()).toEqual([
      `a.bin: 50 kB from ${url}/a.bin`,
      'a.bin: downloaded and compared',
    ]);
    const steps = events.filter(({ type }) => type === 'progress');
    expect(steps.at(-1)).toEqual({
      type: 'progress',
      phase: 'check',
      file: 'a.bin',
      done: 50_000,
      total: 50_000,
    });
    expect(steps).toContainEqual(
      expect.objectContaining({ phase: 'download', done: 50_000, total: 50_000 }),
    );
  });
});

test('optional files are got where all are asked for', async () => {
  await using server = await fileServer({ 'a.bin': { content }, 'b.bin': { content } });
  const { url, directory } = server;
  const optional = { ...published(url, 'b.bin', content), optional: true };
  const manifest = manifestOf(published(url, 'a.bin', content), optional);
  await fetchFiles(manifest, { directory });
  expect(await readdir(directory)).toEqual(['a.bin']);
  await fetchFiles(manifest, { directory, all: true });
  expect((await readdir(directory)).sort()).toEqual(['a.bin', 'b.bin']);
});

describe('files that are there', () => {
  test('are kept where they are right, and replaced where they are not', async () => {
    await using server = await fileServer({ 'a.bin': { content }, 'b.bin': { content } });
    const { url, directory, requests } = server;
    await writeFile(join(directory, 'a.bin'), content);
    // Of the right size: only the checksum tells.
    await writeFile(join(directory, 'b.bin'), someBytes(50_000, 2));
    const manifest = manifestOf(published(url, 'a.bin', content), published(url, 'b.bin', content));
    const { messages, onEvent } = listener();
    await fetchFiles(manifest, { directory, onEvent });
    expect(requests.map(({ path }) => path)).toEqual(['/b.bin']);
    expect((await readFile(join(directory, 'b.bin'))).equals(content)).toBe(true);
    expect(messages()).toEqual([
      'a.bin: is there already',
      expect.stringMatching(/^b.bin: has SHA-256 \w+ instead of \w+, so it is downloaded again/),
      'b.bin: downloaded and compared',
    ]);
    await fetchFiles(manifest, { directory });
    expect(requests).toHaveLength(1);
  });

  test('are fetched once by two processes that fetch at the same time', async () => {
    await using server = await fileServer({ 'a.bin': { content } });
    const { url, directory, requests } = server;
    const manifest = manifestOf(published(url, 'a.bin', content));
    await Promise.all([fetchFiles(manifest, { directory }), fetchFiles(manifest, { directory })]);
    expect(requests).toHaveLength(1);
  });
});

describe('what cannot be right is not kept', () => {
  test('other content of the same size: DATASET_CHECKSUM', async () => {
    await using server = await fileServer({ 'a.bin': { content: someBytes(50_000, 3) } });
    const { url, directory } = server;
    await expect(
      fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory }),
    ).rejects.toMatchObject({
      code: 'DATASET_CHECKSUM',
      message: expect.stringMatching(/a.bin: the file has SHA-256 .* ask a friend\.$/),
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('another size, which is seen before anything is received', async () => {
    await using server = await fileServer({ 'a.bin': { content: Buffer.from('<html>login') } });
    const { url, directory, requests } = server;
    await expect(
      fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, pause: noPause }),
    ).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('the file there has 11 bytes instead of 50000'),
    });
    expect([requests.length, await readdir(directory)]).toEqual([1, []]);
  });

  test('more than was published, where the server gives no length', async () => {
    const served = { content: someBytes(60_000), chunked: true };
    await using server = await fileServer({ 'a.bin': served });
    const { url, directory } = server;
    await expect(
      fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, pause: noPause }),
    ).rejects.toMatchObject({ message: expect.stringContaining('more than 50000 bytes') });
    await expect(access(join(directory, 'a.bin'))).rejects.toThrow();
  });
});

describe('a disk that is full', () => {
  test('is told before anything is asked for', async () => {
    await using server = await fileServer({});
    const { url, directory, requests } = server;
    const file = { ...published(url, 'a.bin', content), bytes: 4e18 };
    await expect(fetchFiles(manifestOf(file), { directory })).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/needs 4000000 TB, but .* are free.*--directory/),
    });
    expect(requests).toEqual([]);
  });

  // Linux has a file that is always full.
  const whereFull = process.platform === 'linux' ? test : test.skip;
  whereFull('is told while it is written', async () => {
    await using server = await fileServer({ 'a.bin': { content } });
    const { url, directory } = server;
    await mkdir(directory, { recursive: true });
    await symlink('/dev/full', join(directory, 'a.bin.part'));
    await expect(
      fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory }),
    ).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('ENOSPC') });
  });
});
