import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { sourceNames, type SourceStatus } from './native-library.ts';
import { tensorFlowStatus, type TensorFlowStatus } from './status.ts';

let folder: string;
let cache: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-status-'));
  cache = join(folder, 'cache');
  env = { PATH: process.env.PATH, HOME: process.env.HOME, PARE_CACHE_DIR: cache };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts a Python package `tensorflow` that would end the test if anything imported it. */
async function putPythonPackage(names: readonly string[]): Promise<string> {
  const directory = join(folder, 'python', 'tensorflow');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, '__init__.py'), 'raise SystemExit("imported")');
  for (const name of names) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), 'abc');
  }
  env.PYTHONPATH = dirname(directory);
  return directory;
}

const look = (): Promise<TensorFlowStatus> => tensorFlowStatus({ env, projectDirectory: folder });

function sourceOf({ sources }: TensorFlowStatus, name: string): SourceStatus | undefined {
  return sources.find((source) => source.name === name);
}

const onLinux = process.platform === 'linux' ? test : test.skip;

describe('tensorFlowStatus', () => {
  test('tells all sources in order and writes nothing', async () => {
    const status = await look();
    expect(status.sources.map(({ name }) => name)).toEqual(sourceNames);
    expect(status.cacheDirectory).toBe(join(cache, 'tensorflow'));
    for (const { detail } of status.sources) expect(detail).not.toBe('');
    expect(await readdir(folder)).toEqual([]);
  });

  onLinux('finds the tensorflow of python3 without importing it', async () => {
    const directory = await putPythonPackage([
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
      'include/tensorflow/c/eager/c_api.h',
    ]);
    expect(sourceOf(await look(), 'python')).toEqual({
      name: 'python',
      usable: true,
      detail: `libtensorflow_cc.so.2 and libtensorflow_framework.so.2 in ${directory}`,
      path: directory,
      bytes: 6,
    });
  });

  onLinux('says what a tensorflow of python3 lacks', async () => {
    await putPythonPackage(['include/tensorflow/c/eager/c_api.h']);
    const source = sourceOf(await look(), 'python');
    expect(source?.usable).toBe(false);
    expect(source?.detail).toContain('missing libtensorflow_cc.so.2');
  });

  onLinux('says what PARE_TENSORFLOW_DIR lacks, and that nothing is ready for it', async () => {
    env.PARE_TENSORFLOW_DIR = folder;
    const status = await look();
    expect(sourceOf(status, 'directory')).toMatchObject({ usable: false, path: folder });
    expect(sourceOf(status, 'directory')?.detail).toContain('missing libtensorflow_cc.so.2');
  });
});
