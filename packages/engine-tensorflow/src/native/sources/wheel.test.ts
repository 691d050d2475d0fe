import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PareError } from '@pare/core';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { ProvisionEvent } from '../native-library.ts';
import type { PinnedWheel } from '../pinned-wheel.ts';
import { provisionFrom } from '../provision.ts';
import { fakeToolchain } from '../testing/fake-toolchain.ts';
import { makeTinyWheel } from '../testing/tiny-wheel.ts';
import { realToolchain } from '../toolchain.ts';
import { createWheelSource } from './wheel.ts';

const links = mkdtempSync(join(tmpdir(), 'pare-links-'));
const wheel = makeTinyWheel(links);
const key = `1.0.0-${process.platform}-${process.arch}`;
let folder: string;
let cache: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-wheel-'));
  cache = join(folder, 'tensorflow');
  env = {
    PATH: process.env.PATH,
    PARE_CACHE_DIR: folder,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: links,
    PIP_CONFIG_FILE: '/dev/null',
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(() => {
  rmSync(links, { recursive: true, force: true });
});

interface Outcome {
  readonly events: ProvisionEvent[];
  readonly error?: PareError;
  readonly bindingPath?: string;
}

async function install(pinned: PinnedWheel = wheel, toolchain = fakeToolchain()): Promise<Outcome> {
  const events: ProvisionEvent[] = [];
  const source = createWheelSource(pinned, toolchain);
  const options = { env, projectDirectory: folder };
  try {
    const library = await provisionFrom([source], options, (event) => events.push(event));
    return { events, bindingPath: library.bindingPath };
  } catch (error) {
    return { events, error: error as PareError };
  }
}

const messages = (events: readonly ProvisionEvent[]): string[] =>
  events.map((event) => (event.type === 'step' ? event.message : event.type));

describe('the wheel source', () => {
  test('fetches with pip, unpacks libraries and C headers only, and deletes the wheel', async () => {
    const { events, bindingPath, error } = await install();
    expect(error).toBeUndefined();
    expect(messages(events)).toEqual([
      expect.stringContaining('Fetching pare-fixture==1.0.0 with pip'),
      'Unpacking the library',
      'Compiling the binding',
      'Running a test graph',
      expect.stringContaining('Deleting the downloaded wheel'),
      'done',
    ]);
    const entry = join(cache, key);
    expect(bindingPath).toBe(join(entry, 'tfjs_binding.node'));
    expect((await readdir(join(entry, 'lib'))).sort()).toEqual([
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
    ]);
    expect(await readFile(join(entry, 'lib', 'libtensorflow_cc.so.2'), 'utf8')).toHaveLength(
      10_000,
    );
    expect(await readdir(join(entry, 'include'))).toEqual(['tensorflow']);
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
    expect((await readdir(cache)).sort()).toEqual([key, 'current.json', 'downloads'].sort());
  });

  test('does nothing the second time', async () => {
    const first = await install();
    const second = await install();
    expect(second.bindingPath).toBe(first.bindingPath);
    expect(messages(second.events)).toEqual(['done']);
    expect(second.events[0]).toMatchObject({ alreadyThere: true });
  });

  test('keeps the download when asked, and uses it for the next install', async () => {
    env.PARE_KEEP_DOWNLOADS = '1';
    await install();
    expect(await readdir(join(cache, 'downloads'))).toEqual([wheel.file]);
    await rm(join(cache, key), { recursive: true });
    const { events } = await install();
    expect(messages(events)[0]).toContain('Checking the earlier download');
    expect(messages(events).some((message) => message.startsWith('Fetching'))).toBe(false);
  });

  test('refuses a wheel with another checksum and leaves nothing', async () => {
    const expected = 'a'.repeat(64);
    const { error } = await install({ ...wheel, sha256: expected });
    expect(error).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    expect(error?.message).toContain(expected);
    expect(error?.message).toContain(wheel.sha256);
    expect(await readdir(cache)).toEqual(['downloads']);
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
  });

  test('deletes a result that fails its proof and says why', async () => {
    const proofError = new PareError('PROOF_FAILED', 'the library needs a newer glibc');
    const { error } = await install(wheel, fakeToolchain({ proofError }));
    expect(error?.message).toContain('the library needs a newer glibc');
    expect(await readdir(cache)).toEqual(['downloads']);
  });

  test('says which file to fetch when pip has no such package', async () => {
    const { error } = await install({ ...wheel, version: '9.9.9' });
    expect(error?.message).toContain('pip could not fetch pare-fixture==9.9.9');
    expect(error?.message).toContain('PIP_FIND_LINKS');
  });

  test('says that Python is missing when it is', async () => {
    env.PATH = folder;
    const { error } = await install();
    expect(error?.message).toContain('The program python3 was not found');
    expect(error?.message).toContain('apt install python3 python3-pip');
  });

  test('says that the compiler is missing before it fetches anything', async () => {
    env.PATH = folder;
    const { error, events } = await install(wheel, realToolchain);
    expect(error?.message).toContain('The program g++ was not found');
    expect(error?.message).toContain('apt install g++');
    expect(messages(events).some((message) => message.startsWith('Fetching'))).toBe(false);
  });

  test('names the ways out on a platform without a pinned wheel', async () => {
    const status = await createWheelSource(undefined).inspect({
      env,
      projectDirectory: folder,
      cacheDirectory: cache,
      force: false,
      report: () => {},
    });
    expect(status.usable).toBe(false);
    expect(status.detail).toContain('PARE_TENSORFLOW_DIR');
  });
});

describe('an install that is killed', () => {
  test('leaves no entry, and the next install finishes without another download', async () => {
    const child = startChild(60_000);
    await printed(child, 'Compiling the binding');
    child.kill('SIGKILL');
    await once(child, 'close');
    const left = await readdir(cache);
    expect(left).toContain('install.lock');
    expect(left).not.toContain(key);

    const { error, events, bindingPath } = await install();
    expect(error).toBeUndefined();
    expect(bindingPath).toBe(join(cache, key, 'tfjs_binding.node'));
    expect(messages(events)[0]).toContain('Checking the earlier download');
    expect((await readdir(cache)).sort()).toEqual([key, 'current.json', 'downloads'].sort());
  }, 30_000);

  test('and one that goes on is waited for, not repeated', async () => {
    const child = startChild(500);
    await printed(child, 'Compiling the binding');
    const { events } = await install();
    expect(messages(events)).toEqual([
      `Waiting for process ${child.pid}, which is installing too`,
      'done',
    ]);
  }, 30_000);
});

function startChild(compileMilliseconds: number): ChildProcessWithoutNullStreams {
  const testing = join(import.meta.dirname, '..', 'testing');
  return spawn(
    process.execPath,
    [
      '--conditions=@pare/source',
      ...['--import', join(testing, 'register-typescript.mjs')],
      join(testing, 'install-child.ts'),
      JSON.stringify({ wheel, compileMilliseconds }),
    ],
    { env, cwd: folder },
  );
}

function printed(child: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes(text)) resolve();
    });
    child.on('close', () => reject(new Error(`The child ended without "${text}": ${errors}`)));
  });
}
