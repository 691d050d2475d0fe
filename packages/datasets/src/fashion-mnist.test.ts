import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFashionMnist, debianDirectory, fashionMnistData } from './fashion-mnist.ts';
import { fashionMnistManifest } from './fashion-mnist-manifest.ts';

const whereInstalled = existsSync(debianDirectory) ? test : test.skip;

describe('Fashion-MNIST', () => {
  test('says all ways to get it where it is missing', async () => {
    await expect(createFashionMnist({ directory: '/nowhere/fashion' })).rejects.toMatchObject({
      code: 'DATASET_FILE_NOT_FOUND',
      message: expect.stringMatching(
        /fashion-mnist: there is no folder \/nowhere\/fashion\. .*pare data fetch fashion-mnist \(30\.9 MB\).*"directory".*apt-get install dataset-fashion-mnist/,
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

  whereInstalled('is not downloaded where the package of Debian has it', async () => {
    const { directory, files } = await fashionMnistData.fetch!();
    expect(directory).toBe(debianDirectory);
    expect(files.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });
});

describe('the files of Fashion-MNIST', () => {
  test('have the names that loading looks for, and are missing where there are none', async () => {
    const { files } = await fashionMnistData.check({ directory: '/nowhere/fashion' });
    expect(files.map(({ state }) => state)).toEqual(Array(4).fill('missing'));
    const directory = await mkdtemp(join(tmpdir(), 'pare-fashion-'));
    for (const { name } of fashionMnistManifest.files) await writeFile(join(directory, name), 'x');
    const there = await fashionMnistData.check({ directory });
    expect(there.files.map(({ name, state }) => [name, state])).toEqual(
      fashionMnistManifest.files.map(({ name }) => [name, 'unverified']),
    );
    const compared = await fashionMnistData.check({ directory, full: true });
    expect(compared.files[0]).toMatchObject({
      state: 'damaged',
      detail: 'has another content than was published',
    });
    await rm(directory, { recursive: true });
  });
});
