import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFashionMnist, debianDirectory } from './fashion-mnist.ts';
import { fetchFashionMnist } from './fetch-fashion-mnist.ts';
import { sha256 } from './idx/checksum.ts';
import type { AddressInfo } from 'node:net';
import type { IdxChecksums } from './idx/load-idx-images.ts';

const whereInstalled = existsSync(debianDirectory) ? test : test.skip;

describe('Fashion-MNIST', () => {
  test('says all three ways to get it where it is missing', async () => {
    await expect(createFashionMnist({ directory: '/nowhere/fashion' })).rejects.toMatchObject({
      code: 'DATASET_FILE_NOT_FOUND',
      message: expect.stringMatching(
        /\/nowhere\/fashion does not exist.*apt-get install dataset-fashion-mnist.*"directory".*fetchFashionMnist/,
      ),
    });
  });

  whereInstalled("loads Debian's package and knows its checksums", async () => {
    const dataset = await createFashionMnist();
    expect(dataset.info.sizes).toEqual({ train: 60_000, test: 10_000 });
    for await (const { y } of dataset.batches('train', { batchSize: 5 })) {
      expect([...y]).toEqual([9, 0, 0, 3, 0]);
      break;
    }
  });
});

describe('fetchFashionMnist', () => {
  const names = ['train-images', 'train-labels', 't10k-images', 't10k-labels'] as const;
  const content = (name: string) => Buffer.from(`content of ${name}`);
  const checksums = Object.fromEntries(
    names.map((name) => [name, sha256(content(name))]),
  ) as unknown as IdxChecksums;
  let directory: string;
  let requests: string[];
  let url: string;
  const server = createServer((request, response) => {
    requests.push(request.url!);
    const name = names.find((each) => request.url!.startsWith(`/data/${each}`));
    response.statusCode = name ? 200 : 404;
    response.end(name && gzipSync(content(name)));
  });

  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'pare-fetch-')), 'new', 'folder');
    requests = [];
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await rm(join(directory, '..', '..'), { recursive: true });
  });

  test('downloads the four files, and only those that are missing or damaged', async () => {
    const options = { directory, url: `${url}/data`, checksums };
    expect(await fetchFashionMnist(options)).toBe(directory);
    expect((await readdir(directory)).sort()).toEqual([
      't10k-images-idx3-ubyte.gz',
      't10k-labels-idx1-ubyte.gz',
      'train-images-idx3-ubyte.gz',
      'train-labels-idx1-ubyte.gz',
    ]);
    expect(requests).toHaveLength(4);

    const damaged = join(directory, 't10k-labels-idx1-ubyte.gz');
    await writeFile(damaged, 'half');
    const lines: string[] = [];
    await fetchFashionMnist({ ...options, log: (line) => lines.push(line) });
    expect(requests.slice(4)).toEqual(['/data/t10k-labels-idx1-ubyte.gz']);
    expect(lines.filter((line) => line.endsWith('is there already'))).toHaveLength(3);
    expect(await readFile(damaged)).toEqual(gzipSync(content('t10k-labels')));
  });

  test('keeps nothing whose checksum is wrong', async () => {
    const wrong = { ...checksums, 'train-images': sha256(content('other')) };
    await expect(
      fetchFashionMnist({ directory, url: `${url}/data`, checksums: wrong }),
    ).rejects.toMatchObject({ code: 'DATASET_CHECKSUM' });
    expect(await readdir(directory)).toEqual([]);
  });

  test('says what the server answered, or that none did', async () => {
    await expect(fetchFashionMnist({ directory, url: `${url}/moved` })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('the server answered 404 Not Found'),
    });
    await new Promise((done) => server.close(done));
    await expect(fetchFashionMnist({ directory, url })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(/cannot be downloaded: .*ECONNREFUSED/),
    });
  });
});
