import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { checkNode, checkOneDnn, checkThreads, diagnose } from './doctor.ts';

describe('checks', () => {
  test.each([
    ['18.20.0', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.0.0', true],
    ['24.21.0', true],
  ])('Node.js %s: ok %s', (version, ok) => {
    expect(checkNode(version)).toMatchObject({ ok, detail: `Node.js ${version}` });
  });

  test('a thread setting below the number of cores is told', () => {
    const cores = availableParallelism();
    expect(checkThreads({})).toMatchObject({ ok: true });
    expect(checkThreads({ OMP_NUM_THREADS: String(cores) }).ok).toBe(true);
    const more = checkThreads({ TF_NUM_INTRAOP_THREADS: '0.5' });
    expect(more.advice).toContain('TF_NUM_INTRAOP_THREADS');
  });

  test('oneDNN switched off is told', () => {
    expect(checkOneDnn({})).toEqual({ name: 'oneDNN', ok: true, detail: 'on' });
    expect(checkOneDnn({ TF_ENABLE_ONEDNN_OPTS: '0' }).ok).toBe(false);
  });
});

describe('diagnose', () => {
  test('without tools and library, advises what to install and ends in order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pare-doctor-'));
    try {
      const env = { PATH: folder, PARE_CACHE_DIR: folder };
      const checks = await diagnose({ env, projectDirectory: folder });
      expect(checks.map(({ name }) => name)).toEqual([
        'node',
        'python',
        'pip',
        'compiler',
        'disk',
        'library',
        'binding',
        'test graph',
        'threads',
        'oneDNN',
      ]);
      const failed = checks.filter(({ ok }) => !ok);
      expect(failed.map(({ name }) => name)).toEqual([
        'python',
        'pip',
        'compiler',
        'library',
        'binding',
        'test graph',
      ]);
      for (const { advice } of failed) expect(advice).toMatch(/Install|pare engine install/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('reads the library of this machine when there is one, and its graph runs', async () => {
    const checks = await diagnose();
    const find = (name: string): boolean | undefined =>
      checks.find((check) => check.name === name)?.ok;
    expect(find('test graph')).toBe(find('library'));
    expect(find('binding')).toBe(find('library'));
  });
});
