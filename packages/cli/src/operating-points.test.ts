import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pare, temporaryFolder } from './testing/run-pare.ts';
import type { EvaluatedPoint } from '@pare/core';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

/** A network whose widths are chosen when it is run; trains in a second or two. */
const wideConfig = `
name: wide
engine: tfjs-wasm
model: lenet-300-100
dataset: { name: synthetic, imageShape: [8, 8, 1], classes: 3, train: 240, test: 60 }
method:
  name: lcs
  variant: us
  epochs: 2
  batchSize: 20
  learningRateWarmUp: 0
  grid: [1, 0.5, 0.25]
`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder({ 'wide.yaml': wideConfig });
  const run = await pare(['run', 'wide.yaml', '--quiet'], { cwd: folder.path });
  if (run.code !== 0) throw new Error(run.stderr);
});
afterAll(() => folder[Symbol.asyncDispose]());

const evaluate = (...args: string[]) =>
  pare(['eval', 'runs/wide', '--engine', 'tfjs-wasm', ...args], { cwd: folder.path });

interface Row extends EvaluatedPoint {
  readonly latency: { readonly median: number; readonly runs: number };
  readonly switchMilliseconds: number;
}

describe('pare eval', () => {
  test('on a grid gives what the run gave at its points, and a line for each setting between them', async () => {
    const { code, lines, stderr } = await evaluate('--grid', '0.25:1:0.25', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const [result] = lines();
    const { points, at, evaluation } = result as unknown as {
      points: Row[];
      at: string;
      evaluation: unknown;
    };
    const names = ['width 0.25', 'width 0.5', 'width 0.75', 'width 1'];
    expect(points.map(({ point }) => point.name)).toEqual(names);
    expect({ at, evaluation }).toEqual({ at: names[0], evaluation: points[0]!.evaluation });
    const text = await readFile(join(folder.path, 'runs/wide/report.json'), 'utf8');
    const known = (JSON.parse(text) as { points: EvaluatedPoint[] }).points;
    for (const { point, size, evaluation: before } of known) {
      const same = points.find((each) => each.point.name === point.name)!;
      expect(same.size).toEqual(size);
      expect(same.evaluation.correct).toBe(before.correct);
    }
    // 64 inputs, then 300 and 100 units at full width.
    expect(points.map(({ size }) => size.macs)).toEqual([6750, 17_250, 31_500, 49_500]);
    for (const { latency, switchMilliseconds } of points) {
      expect(latency).toMatchObject({ runs: 30, median: expect.any(Number) });
      expect(switchMilliseconds).toBeGreaterThanOrEqual(0);
    }
  });

  test('at a setting shows a table for people', async () => {
    const { code, stdout, stderr } = await evaluate('--at', '0.3');
    expect(stdout).toMatch(/^setting +accuracy \(%\) +loss .* switch \(ms\)\n/);
    expect(stdout).toMatch(/\nwidth 0\.3 +\d+\.\d\d +[\d.]+ +8,673 +8,550 +35\.2 kB +[\d.]+/);
    expect(stdout).toMatch(/test split of synthetic, 60 images; latency of one image: median/);
    expect(stderr).toMatch(/^engine: tfjs-wasm .*\nwidth 0\.3: /);
    expect(code).toBe(0);
  });

  test('outside the trained range is an error before an engine starts: exit code 2', async () => {
    const { code, stderr } = await evaluate('--grid', '0.25,0.2');
    expect(stderr).toMatch(/^error: .*from 0\.25 to 1, .*received 0\.2\. \[BAD_SETTING\]\n$/);
    expect(code).toBe(2);
  });
});

describe('pare curve', () => {
  test('draws the points of runs from their reports', async () => {
    const cwd = folder.path;
    const { code, stdout } = await pare(['curve', 'runs/wide'], { cwd });
    expect([code, stdout]).toEqual([0, 'curve.svg: accuracy over width, 3 points of 1 run\n']);
    const svg = await readFile(join(cwd, 'curve.svg'), 'utf8');
    expect(svg.match(/<circle/g)).toHaveLength(3);
    const json = await pare(
      ['curve', 'runs/wide', 'runs/wide', '--x', 'macs', '-o', 'both.png', '--json'],
      { cwd },
    );
    expect(json.lines()).toMatchObject([
      { type: 'result', command: 'curve', file: 'both.png', x: 'macs' },
    ]);
    const png = await readFile(join(cwd, 'both.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  test('of something else is an error: exit code 2', async () => {
    const { code, stderr } = await pare(['curve', folder.path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[NOT_A_RUN_FOLDER]')]);
  });
});
