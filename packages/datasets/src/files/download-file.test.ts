import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { fetchFiles } from './fetch-files.ts';
import { fileServer } from './testing/file-server.ts';
import { manifestOf, published, someBytes } from './testing/published.ts';
import type { DataEvent } from '@pare/core';

const content = someBytes(100_000);
const pause = () => Promise.resolve();

const holds = async (directory: string, expected: Buffer) =>
  (await readFile(join(directory, 'a.bin'))).equals(expected);

describe('a connection that is cut', () => {
  test('is taken up where it ended, and the server is asked whether the file is the same', async () => {
    await using server = await fileServer({
      'a.bin': { content, etag: '"v1"', cuts: [30_000, 20_000] },
    });
    const { url, directory, requests } = server;
    const attempts: number[] = [];
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), {
      directory,
      onEvent: server.hear,
      pause: (attempt) => Promise.resolve(void attempts.push(attempt)),
    });
    expect(requests.map(({ range, ifRange }) => [range, ifRange])).toEqual([
      [undefined, undefined],
      ['bytes=30000-', '"v1"'],
      ['bytes=50000-', '"v1"'],
    ]);
    expect(attempts).toEqual([1, 2]);
    expect(await holds(directory, content)).toBe(true);
    expect(await readdir(directory)).toEqual(['a.bin']);
  });

  test('gives the same file wherever it is cut', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 99_999 }), { maxLength: 4 });
    const property = fc.asyncProperty(cuts, async (places) => {
      await using server = await fileServer({ 'a.bin': { content, cuts: [...places] } });
      const { url, directory, requests } = server;
      const manifest = manifestOf(published(url, 'a.bin', content));
      await fetchFiles(manifest, { directory, pause, onEvent: server.hear });
      expect(requests.every(({ range }, i) => i > 0 === (range !== undefined))).toBe(true);
      expect(await holds(directory, content)).toBe(true);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  test('again and again without progress ends with what to do, and keeps what is there', async () => {
    const cuts = [40_000, 1, 1, 1, 1, 1, 1];
    await using server = await fileServer({ 'a.bin': { content, etag: '"v1"', cuts } });
    const { url, directory, requests } = server;
    const manifest = manifestOf(published(url, 'a.bin', content));
    await expect(
      fetchFiles(manifest, { directory, pause, onEvent: server.hear }),
    ).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(
        /other side closed.*run the same command again: it goes on after the 40 kB.*--url.*ask a friend/,
      ),
    });
    expect(requests).toHaveLength(5);
    cuts.length = 0;
    await fetchFiles(manifest, { directory, pause });
    expect(requests.at(-1)).toMatchObject({ range: 'bytes=40004-' });
    expect(await holds(directory, content)).toBe(true);
  });
});

describe('a file that has changed on the server since the connection was cut', () => {
  const newer = someBytes(100_000, 2);

  test('is received whole where the server gives it a mark', async () => {
    const cut = { content, etag: '"v1"', cuts: [30_000] };
    await using server = await fileServer({ 'a.bin': cut });
    const { url, directory, files } = server;
    // Without a checksum nobody could tell afterwards.
    const manifest = manifestOf(published(url, 'a.bin', newer, {}));
    await fetchFiles(manifest, {
      directory,
      onEvent: server.hear,
      pause: () => Promise.resolve(void (files['a.bin'] = { content: newer, etag: '"v2"' })),
    });
    expect(await holds(directory, newer)).toBe(true);
  });

  test('is received whole where nothing could tell the two apart', async () => {
    await using server = await fileServer({ 'a.bin': { content, cuts: [30_000] } });
    const { url, directory, files, requests } = server;
    await fetchFiles(manifestOf(published(url, 'a.bin', newer, {})), {
      directory,
      onEvent: server.hear,
      pause: () => Promise.resolve(void (files['a.bin'] = { content: newer })),
    });
    expect(requests.map(({ range }) => range)).toEqual([undefined, undefined]);
    expect(await holds(directory, newer)).toBe(true);
  });

  test('is seen by its checksum, and received again from the start', async () => {
    await using server = await fileServer({ 'a.bin': { content, cuts: [30_000] } });
    const { url, directory, files, requests } = server;
    const messages: string[] = [];
    await fetchFiles(manifestOf(published(url, 'a.bin', newer)), {
      directory,
      pause: () => Promise.resolve(void (files['a.bin'] = { content: newer })),
      onEvent: (event: DataEvent) => {
        server.hear(event);
        if (event.type === 'notice') messages.push(event.message);
      },
    });
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=30000-', undefined]);
    expect(messages).toContainEqual(expect.stringContaining('starting over'));
    expect(await holds(directory, newer)).toBe(true);
  });
});

describe('a part that is there', () => {
  const withPart = async (directory: string, part: Uint8Array) =>
    writeFile(join(directory, 'a.bin.part'), part);

  test('is received again from the start where the server knows no ranges', async () => {
    await using server = await fileServer({ 'a.bin': { content, withoutRanges: true } });
    const { url, directory } = server;
    await withPart(directory, content.subarray(0, 70_000));
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, pause });
    expect(await holds(directory, content)).toBe(true);
  });

  test('is thrown away where the file on the server ends before it (416)', async () => {
    await using server = await fileServer({ 'a.bin': { content: content.subarray(0, 60_000) } });
    const { url, directory, requests, files } = server;
    await withPart(directory, content.subarray(0, 70_000));
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), {
      directory,
      pause: () => Promise.resolve(void (files['a.bin'] = { content })),
    });
    expect(requests.map(({ range }) => range)).toEqual(['bytes=70000-', undefined]);
    expect(await holds(directory, content)).toBe(true);
  });

  test('is thrown away where the server sends a range that nobody asked for', async () => {
    await using server = await fileServer({ 'a.bin': { content, failures: [206] } });
    const { url, directory, requests } = server;
    await withPart(directory, content.subarray(0, 70_000));
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, pause });
    expect(requests.map(({ range }) => range)).toEqual(['bytes=70000-', undefined]);
    expect(await holds(directory, content)).toBe(true);
  });

  test('that is whole needs no server, only its name', async () => {
    await using server = await fileServer({});
    const { url, directory, requests } = server;
    await withPart(directory, content);
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory });
    expect(requests).toEqual([]);
    expect(await readdir(directory)).toEqual(['a.bin']);
  });

  test('that is too long starts over', async () => {
    await using server = await fileServer({ 'a.bin': { content } });
    const { url, directory } = server;
    await withPart(directory, someBytes(100_001));
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory });
    expect(await holds(directory, content)).toBe(true);
  });
});

describe('a server that', () => {
  test('is busy (503, 429) is asked again', async () => {
    await using server = await fileServer({ 'a.bin': { content, failures: [503, 429] } });
    const { url, directory, requests } = server;
    await fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, pause });
    expect(requests).toHaveLength(3);
  });

  test.each([404, 403])('answers %i is not asked again', async (status) => {
    await using server = await fileServer({ 'a.bin': { content, failures: [status, status] } });
    const { url, directory, requests } = server;
    await expect(
      fetchFiles(manifestOf(published(url, 'a.bin', content)), { directory, pause }),
    ).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(`the server answered ${status}.*--url.*ask a friend`),
    });
    expect(requests).toHaveLength(1);
  });

  test('is not there is asked five times', async () => {
    const attempts: number[] = [];
    const closed = await fileServer({});
    await closed[Symbol.asyncDispose]();
    await using server = await fileServer({});
    const { directory } = server;
    const manifest = manifestOf(published(closed.url, 'a.bin', content));
    const refused = fetchFiles(manifest, {
      directory,
      pause: (attempt) => Promise.resolve(void attempts.push(attempt)),
    });
    await expect(refused).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(/cannot be downloaded: .*ECONNREFUSED/),
    });
    expect(attempts).toEqual([1, 2, 3, 4]);
  });
});

test('an interruption keeps what is there, and the next call goes on from it', async () => {
  const big = someBytes(4_000_000);
  await using server = await fileServer({ 'a.bin': { content: big, etag: '"v1"' } });
  const { url, directory, requests } = server;
  const manifest = manifestOf(published(url, 'a.bin', big));
  const controller = new AbortController();
  const stopped = fetchFiles(manifest, {
    directory,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'progress' && event.done > 100_000) controller.abort();
    },
  });
  await expect(stopped).rejects.toMatchObject({
    code: 'INTERRUPTED',
    message: expect.stringMatching(/of the 4 MB of a.bin are kept; the same command goes on/),
  });
  const { length } = await readFile(join(directory, 'a.bin.part'));
  expect(length).toBeGreaterThan(100_000);
  expect(length).toBeLessThan(4_000_000);
  await fetchFiles(manifest, { directory });
  expect(requests.at(-1)).toEqual({ path: '/a.bin', range: `bytes=${length}-`, ifRange: '"v1"' });
  expect(await holds(directory, big)).toBe(true);
});
