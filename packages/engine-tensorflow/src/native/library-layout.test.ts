import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { inspectLibraryDirectory } from './library-layout.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-layout-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), 'abc');
  }
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('inspectLibraryDirectory', () => {
  const header = 'include/tensorflow/c/eager/c_api.h';

  test('knows the folder of a Python package', async () => {
    await put('libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', header);
    expect(inspectLibraryDirectory(folder).layout).toEqual({
      libraryDirectory: folder,
      libraries: [
        { path: join(folder, 'libtensorflow_cc.so.2'), bytes: 3 },
        { path: join(folder, 'libtensorflow_framework.so.2'), bytes: 3 },
      ],
      includeDirectory: join(folder, 'include'),
    });
  });

  test('knows an unpacked wheel by the folder around it', async () => {
    const names = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', header];
    await put(...names.map((name) => `tensorflow/${name}`));
    const { layout } = inspectLibraryDirectory(folder);
    expect(layout?.libraryDirectory).toBe(join(folder, 'tensorflow'));
  });

  test('knows a libtensorflow C distribution', async () => {
    await put('lib/libtensorflow.so.2', 'lib/libtensorflow_framework.so.2', header);
    expect(inspectLibraryDirectory(folder).layout?.libraryDirectory).toBe(join(folder, 'lib'));
  });

  test('lists everything that is missing', async () => {
    await put('lib/libtensorflow_framework.so.2');
    expect(inspectLibraryDirectory(folder)).toEqual({
      missing: [
        'libtensorflow_cc.so.2 or libtensorflow.so.2 or libtensorflow.so',
        'include/tensorflow/c/eager/c_api.h',
      ],
    });
  });

  test('says so when the folder is not there', () => {
    const absent = join(folder, 'absent');
    expect(inspectLibraryDirectory(absent)).toEqual({ missing: [`the folder ${absent} itself`] });
  });
});
