import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { withLock } from './file-lock.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-lock-'));
  path = join(folder, 'install.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const holderOf = (pid: number, started?: string): string =>
  JSON.stringify({ pid, host: hostname(), started });

describe('withLock', () => {
  test('runs actions one after the other', async () => {
    const events: string[] = [];
    const action = (name: string) => async (): Promise<void> => {
      events.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push(`${name} ends`);
    };
    const options = { pollInterval: 5 };
    await Promise.all([
      withLock(path, action('one'), options),
      withLock(path, action('another'), options),
    ]);
    const [first = ''] = events;
    const winner = first.split(' ')[0];
    const other = winner === 'one' ? 'another' : 'one';
    expect(events).toEqual([
      `${winner} starts`,
      `${winner} ends`,
      `${other} starts`,
      `${other} ends`,
    ]);
  });

  test('leaves no file behind, also when the action throws', async () => {
    const failing = withLock(path, () => Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(existsSync(path)).toBe(false);
    expect(await withLock(path, () => Promise.resolve(existsSync(path)))).toBe(true);
  });

  test('takes over the lock of a process that has died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const pid = child.pid ?? 0;
    await new Promise((resolve) => child.on('close', resolve));
    await writeFile(path, holderOf(pid));
    expect(await withLock(path, () => Promise.resolve('ran'))).toBe('ran');
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('takes over a lock whose process number now belongs to another process', async () => {
    await writeFile(path, holderOf(process.pid, 'another start'));
    expect(await withLock(path, () => Promise.resolve('ran'))).toBe('ran');
  });

  test('takes over a file that is no lock', async () => {
    await writeFile(path, '{"pid": 12');
    expect(await withLock(path, () => Promise.resolve('ran'))).toBe('ran');
  });

  test('waits for a live process, and goes on when that one dies', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(path, holderOf(child.pid ?? 0));
    const waitedFor: number[] = [];
    const onWait = (pid: number): void => {
      waitedFor.push(pid);
      child.kill('SIGKILL');
    };
    expect(await withLock(path, () => Promise.resolve('ran'), { onWait, pollInterval: 5 })).toBe(
      'ran',
    );
    expect(waitedFor).toEqual([child.pid]);
  });

  test('stops waiting when asked, and leaves the lock of the other process', async () => {
    const controller = new AbortController();
    await writeFile(path, holderOf(process.ppid));
    const waiting = withLock(path, () => Promise.resolve('ran'), {
      signal: controller.signal,
      onWait: () => controller.abort(),
    });
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    expect(existsSync(path)).toBe(true);
  });
});
