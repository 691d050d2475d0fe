import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { fileServer } from '../files/testing/file-server.ts';
import { published } from '../files/testing/published.ts';
import { cifarData } from './cifar-data.ts';
import { cifar10Kind } from './cifar-kind.ts';
import { cifar10Manifest } from './cifar-manifest.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/cifar', import.meta.url));
const [binaryName, pythonName] = ['cifar-10-binary.tar.gz', 'cifar-10-python.tar.gz'];

/** The archives of the fixtures on a server, as if they were the published ones. */
async function served() {
  const [binary, python] = [
    await readFile(join(fixtures, binaryName)),
    await readFile(join(fixtures, pythonName)),
  ];
  const server = await fileServer({
    [binaryName]: { content: binary },
    [pythonName]: { content: python },
  });
  const forms = cifar10Kind.forms.map((form) => {
    const content = form.format === 'binary' ? binary : python;
    return { ...form, archive: published(server.url, form.archive.name, content) };
  });
  const manifest = { ...cifar10Manifest, files: [forms[0]!.archive] };
  return { server, python, data: cifarData({ ...cifar10Kind, forms }, manifest) };
}

test('without files the binary archive is missing, and fetched', async () => {
  const { server, data } = await served();
  await using _ = server;
  const { directory } = server;
  const missing = { directory, files: [{ name: binaryName, state: 'missing' }] };
  expect(await data.check({ directory })).toEqual(missing);
  await data.fetch!({ directory });
  expect((await data.check({ directory, full: true })).files).toMatchObject([
    { name: binaryName, state: 'ok' },
  ]);
});

test('where the Python version is there, the binary one is not fetched beside it', async () => {
  const { server, data, python } = await served();
  await using _ = server;
  const { directory } = server;
  await writeFile(join(directory, pythonName), python);
  expect((await data.fetch!({ directory })).files).toMatchObject([
    { name: pythonName, state: 'ok' },
  ]);
  await writeFile(join(directory, pythonName), 'damaged');
  expect((await data.check({ directory })).files).toMatchObject([
    { name: pythonName, state: 'damaged', detail: `has 7 bytes instead of ${python.length}` },
  ]);
  await data.fetch!({ directory });
  expect(server.requests.map(({ path }) => path)).toEqual([`/${pythonName}`]);
});

test('of an unpacked version each file is looked at, and none is replaced', async () => {
  const { server, data } = await served();
  await using _ = server;
  const { directory } = server;
  const folder = join(directory, 'cifar-10-batches-py');
  await mkdir(folder);
  await writeFile(join(folder, 'data_batch_1'), 'mine');
  const { files } = await data.check({ directory });
  expect(files).toHaveLength(6);
  expect(files.slice(0, 2)).toMatchObject([
    { name: join('cifar-10-batches-py', 'data_batch_1'), state: 'unverified', bytes: 4 },
    { name: join('cifar-10-batches-py', 'data_batch_2'), state: 'missing' },
  ]);
  await expect(data.fetch!({ directory })).rejects.toMatchObject({
    code: 'DATASET_UNPACKED_DAMAGED',
    message: expect.stringMatching(
      /data_batch_1: has MD5 \w+ instead of c99caf.*Move the files away/,
    ),
  });
  expect(server.requests).toEqual([]);
});
