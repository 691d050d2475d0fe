import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pare, temporaryFolder, tinyConfig } from './testing/run-pare.ts';
import type { ChildProcess } from 'node:child_process';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

/** Long enough to be stopped in the middle: 12 steps an epoch, 18 epochs in all. */
const longer = ['--set', 'method.train.epochs=12', '--set', 'method.finetune.epochs=6', '--json'];

const weightsOf = (folder: string, name: string) =>
  readFile(join(folder, 'runs', name, 'model', 'weights.safetensors'));

/** Sends a signal when so many epochs have been told. */
function after(epochs: number, signal: NodeJS.Signals) {
  return (child: ChildProcess, stdout: string) => {
    if (child.killed || stdout.split('"type":"epoch"').length <= epochs) return;
    child.kill(signal);
  };
}

describe('a run that is stopped goes on to the same weights', () => {
  let uninterrupted: Buffer;
  beforeAll(async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    expect(await pare(['run', 'tiny.yaml', '--name', 'whole', ...longer], { cwd })).toMatchObject({
      code: 0,
    });
    uninterrupted = await weightsOf(cwd, 'whole');
  });

  test('after Ctrl-C: exit code 130, and how to resume', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const stopped = await pare(['run', 'tiny.yaml', '--name', 'cut', ...longer], {
      cwd,
      onOutput: after(2, 'SIGINT'),
    });
    expect(stopped.lines().at(-1)).toMatchObject({
      type: 'error',
      code: 'INTERRUPTED',
      message: expect.stringContaining('pare resume runs/cut'),
    });
    expect(stopped.code).toBe(130);
    const early = await pare(['eval', 'runs/cut'], { cwd });
    expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('[RUN_NOT_FINISHED]')]);

    const resumed = await pare(['resume', 'runs/cut', '--json'], { cwd });
    expect(resumed.lines().at(-1)).toMatchObject({ type: 'result', command: 'resume' });
    expect(resumed.lines().filter(({ type }) => type === 'run-start')).toMatchObject([
      { resumed: true },
    ]);
    expect((await weightsOf(cwd, 'cut')).equals(uninterrupted)).toBe(true);
  });

  test('after its reader has closed the output (| head -1): exit code 130', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const { code, stderr } = await pare(['run', 'tiny.yaml', '--name', 'cut', ...longer], {
      cwd,
      onOutput: (child) => child.stdout!.destroy(),
    });
    expect([code, stderr]).toEqual([130, expect.stringContaining('the reader has closed it')]);
    expect((await pare(['resume', 'runs/cut', '--json'], { cwd })).code).toBe(0);
    expect((await weightsOf(cwd, 'cut')).equals(uninterrupted)).toBe(true);
  });

  test('after kill -9, again and again', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const killed = await pare(['run', 'tiny.yaml', '--name', 'cut', ...longer], {
      cwd,
      onOutput: after(2, 'SIGKILL'),
    });
    expect(killed.code).toBeUndefined();
    const again = await pare(['resume', 'runs/cut', '--json'], {
      cwd,
      onOutput: after(10, 'SIGKILL'),
    });
    expect(again.code).toBeUndefined();
    const resumed = await pare(['resume', 'runs/cut', '--json'], { cwd });
    expect(resumed.code).toBe(0);
    expect((await weightsOf(cwd, 'cut')).equals(uninterrupted)).toBe(true);
    const left = await readdir(join(cwd, 'runs', 'cut'));
    expect(left.filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

// Linux has a file that is always full.
(existsSync('/dev/full') ? test : test.skip)(
  'output that cannot be written stops a run with everything kept: exit code 1',
  async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const full = openSync('/dev/full', 'w');
    const { code, stderr } = await pare(['run', 'tiny.yaml', ...longer], { cwd, stdout: full });
    closeSync(full);
    expect([code, stderr]).toEqual([1, expect.stringContaining('ENOSPC')]);
    expect((await pare(['resume', 'runs/tiny'], { cwd })).code).toBe(0);
  },
);

test('resuming a finished run says so, and gives the same result again', async () => {
  await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
  const cwd = folder.path;
  await pare(['run', 'tiny.yaml', '--quiet'], { cwd });
  const before = await weightsOf(cwd, 'tiny');
  const { code, stderr } = await pare(['resume', 'runs/tiny'], { cwd });
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^runs\/tiny was finished already/m)]);
  expect(stderr).not.toContain('was changed');
  const config = join(cwd, 'runs', 'tiny', 'config.yaml');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace('epochs: 3', 'epochs: 4'));
  const changed = await pare(['resume', 'runs/tiny'], { cwd });
  expect(changed.stderr).toMatch(
    /changed after the run was finished: method.train.epochs was 3, is 4\. Nothing is trained again/,
  );
  expect((await weightsOf(cwd, 'tiny')).equals(before)).toBe(true);
});

test('a folder that holds no run cannot be resumed: exit code 2', async () => {
  await using folder = await temporaryFolder();
  const { code, stderr } = await pare(['resume', folder.path]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('[NOT_A_RUN_FOLDER]')]);
});
