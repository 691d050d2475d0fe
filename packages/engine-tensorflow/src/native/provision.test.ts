import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PareError } from '@pare/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
  sourceNames,
  type NativeLibrary,
  type ProvisionEvent,
  type SourceName,
} from './native-library.ts';
import { librarySources, provisionFrom, provisionTensorFlow } from './provision.ts';
import type { LibrarySource } from './sources/library-source.ts';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-provision-'));
  env = { PATH: process.env.PATH, PARE_CACHE_DIR: folder };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A source that works, or fails with the given error; `asked` records that it was tried. */
function source(name: SourceName, asked: string[], error?: Error): LibrarySource {
  const library: NativeLibrary = {
    source: name,
    version: '1.0.0',
    bindingPath: join(folder, name),
    libraries: [],
    bytes: 0,
  };
  return {
    name,
    inspect: () => Promise.resolve({ name, usable: error === undefined, detail: '' }),
    provide() {
      asked.push(name);
      return error === undefined ? Promise.resolve(library) : Promise.reject(error);
    },
  };
}

describe('provisionTensorFlow', () => {
  test('tries installed binding, named folder, Python, wheel, installer of tfjs, in this order', () => {
    expect(librarySources.map(({ name }) => name)).toEqual(sourceNames);
    expect(sourceNames).toEqual([
      'installed-binding',
      'directory',
      'python',
      'wheel',
      'tfjs-installer',
    ]);
  });

  test('takes the first source that works, tells why the others did not, asks no more', async () => {
    const asked: string[] = [];
    const events: ProvisionEvent[] = [];
    const sources = [
      source('python', asked, new PareError('SOURCE_UNUSABLE', 'no tensorflow')),
      source('wheel', asked),
      source('tfjs-installer', asked),
    ];
    const library = await provisionFrom(sources, { env, projectDirectory: folder }, (event) =>
      events.push(event),
    );
    expect(library.source).toBe('wheel');
    expect(asked).toEqual(['python', 'wheel']);
    expect(events).toEqual([
      { type: 'skipped', source: 'python', reason: 'no tensorflow' },
      { type: 'done', library, alreadyThere: false },
    ]);
  });

  test('uses only the source that is asked for', async () => {
    const asked: string[] = [];
    const sources = sourceNames.map((name) => source(name, asked));
    await provisionFrom(sources, { env, projectDirectory: folder, source: 'wheel' }, () => {});
    expect(asked).toEqual(['wheel']);
  });

  test('names every reason when nothing works', async () => {
    const sources = [
      source('python', [], new PareError('SOURCE_UNUSABLE', 'no tensorflow')),
      source('wheel', [], new PareError('TOOL_MISSING', 'no compiler')),
    ];
    const failing = provisionFrom(sources, { env, projectDirectory: folder }, () => {});
    await expect(failing).rejects.toMatchObject({ code: 'ENGINE_INSTALL_FAILED' });
    await expect(failing).rejects.toThrow(/- python: no tensorflow\n- wheel: no compiler/);
  });

  test.each(['CHECKSUM_MISMATCH', 'DISK_FULL', 'ABORTED'])(
    'does not let the next source hide %s',
    async (code) => {
      const asked: string[] = [];
      const sources = [
        source('wheel', asked, new PareError(code, 'stop')),
        source('tfjs-installer', asked),
      ];
      const failing = provisionFrom(sources, { env, projectDirectory: folder }, () => {});
      await expect(failing).rejects.toMatchObject({ code });
      expect(asked).toEqual(['wheel']);
    },
  );

  test('says what a PARE_TENSORFLOW_DIR lacks instead of installing something else', async () => {
    const failing = provisionTensorFlow({
      env: { ...env, PARE_TENSORFLOW_DIR: folder },
      projectDirectory: folder,
    });
    await expect(failing).rejects.toMatchObject({ code: 'TENSORFLOW_DIR_INVALID' });
    await expect(failing).rejects.toThrow(/missing lib.*include\/tensorflow\/c\/eager\/c_api\.h/);
    await expect(failing).rejects.toThrow(folder);
  });
});
