import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { pare, temporaryFolder, tinyConfig } from './testing/run-pare.ts';
import type { JsonLine } from './testing/run-pare.ts';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

const rates = ['--set', 'method.train.learningRate=1e-12', '--set', 'method.train.epochs=1'];
const from = (path: string) => ['--set', `start=${path}`];
const asset = new URL('../../../examples/assets/lenet300-classic.safetensors', import.meta.url);

const textOf = (lines: readonly JsonLine[], type: string) =>
  lines.filter((line) => line.type === type).map(({ message }) => String(message));

describe('start', () => {
  test('begins where another run has ended; the dry run and eval read it too', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const first = (await pare(['run', 'tiny.yaml', '--json'], { cwd })).lines().at(-1)!;
    const { accuracy, loss } = first.evaluation as { accuracy: number; loss: number };
    const start = from('runs/tiny');

    const evaluated = await pare(['eval', 'tiny.yaml', ...start, '--json'], { cwd });
    expect(evaluated.lines()).toMatchObject([
      {
        type: 'result',
        start: { path: join(cwd, 'runs/tiny') },
        evaluation: { split: 'test', accuracy, loss },
      },
    ]);
    const plan = await pare(['plan', 'tiny.yaml', ...start], { cwd });
    expect(plan.stdout).toMatch(/starts from .*runs\/tiny: 6 tensors, SHA-256 [0-9a-f]{64}/);

    const args = ['--name', 'second', '--seed', '9', ...start, ...rates, '--json'];
    const lines = (await pare(['run', 'tiny.yaml', ...args], { cwd })).lines();
    expect(textOf(lines, 'notice')[1]).toMatch(/^starts from .*runs\/tiny: 6 tensors/);
    // Nothing was learnt: the first stage ends where the first run did.
    const stage = lines.find(({ type }) => type === 'stage-end')!;
    expect(stage.evaluation).toMatchObject({ accuracy });
    const config = await readFile(join(cwd, 'runs/second/config.yaml'), 'utf8');
    expect(config).toMatch(/start:\n +path: .*runs\/tiny\n +sha256: [0-9a-f]{64}\n/);
  });

  test('is not read again by a run that goes on', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    await pare(['run', 'tiny.yaml', '--set', 'method.train.epochs=1'], { cwd });
    const second = ['run', 'tiny.yaml', '--name', 'second', ...from('runs/tiny'), '--json'];
    const stopped = await pare([...second, '--set', 'method.train.epochs=12'], {
      cwd,
      onOutput: (child, stdout) => {
        if (!child.killed && stdout.includes('"type":"epoch"')) child.kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(130);
    await rm(join(cwd, 'runs/tiny'), { recursive: true });
    const lines = (await pare(['resume', 'runs/second', '--json'], { cwd })).lines();
    expect(lines.at(-1)).toMatchObject({ type: 'result', command: 'resume' });
    expect(textOf(lines, 'notice')).toContainEqual(
      expect.stringMatching(/^started from .*runs\/tiny, SHA-256 [0-9a-f]{64}$/),
    );
    const { report } = lines.at(-1) as unknown as { report: { values: object } };
    expect(report.values).toMatchObject({ startSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('that does not fit fails in the dry run already', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const other = await pare(['plan', 'tiny.yaml', ...from(asset.pathname)], { cwd });
    expect(other.stderr).toMatch(/"fc1.weight" expected \[300, 64\], received \[300, 784\]/);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('[START_MISMATCH]')]);
    const none = await pare(['run', 'tiny.yaml', ...from('none.safetensors')], { cwd });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('[START_NOT_FOUND]')]);
  });
});

describe('pare eval of a configuration', () => {
  test('is an error without a start, or with a setting', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const none = await pare(['eval', 'tiny.yaml'], { cwd });
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/no "start".*\[USAGE\]/)]);
    const at = await pare(['eval', 'tiny.yaml', '--at', '0.3', ...from(asset.pathname)], { cwd });
    expect([at.code, at.stderr]).toEqual([2, expect.stringMatching(/--at and --grid.*\[USAGE\]/)]);
  });

  test('gets 213 of the 10,000 test images of MNIST wrong with the network of the LC authors', async () => {
    const config = `
model: { name: lenet-300-100, preset: lc }
dataset: { name: mnist, normalization: mean-image }
method: hoyer
start: ${asset.pathname}
`;
    await using folder = await temporaryFolder({ 'lc.yaml': config });
    const engine = ['--engine', 'tfjs-wasm'];
    const { stdout } = await pare(['eval', 'lc.yaml', ...engine], { cwd: folder.path });
    expect(stdout).toMatch(/^test accuracy 97.87 % \(9,787 of 10,000\), loss 0.08736, before any/);
    const named = ['eval', 'lc.yaml', ...engine, '--dataset', 'mnist', '--json'];
    // The same options, and the mean image in short.
    expect((await pare(named, { cwd: folder.path })).lines()).toMatchObject([
      {
        evaluation: { correct: 9787 },
        dataset: { normalization: { mean: { count: 784, sha256: expect.any(String) } } },
      },
    ]);
  });
});
