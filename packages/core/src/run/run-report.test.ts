import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { smallExperiment } from '../testing/small-experiment.ts';
import { widthMethod } from '../testing/width-method.ts';
import { runExperiment } from './run-experiment.ts';
import { readRunReport } from './run-report.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { Method } from '../contracts/method.ts';

// Real files, synced to disk: slow where the machine is busy.
jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(method?: Method, signal?: AbortSignal): Promise<RunEvent> {
  const parts = { ...smallExperiment(), ...(method && { method }), ...(signal && { signal }) };
  let last: RunEvent | undefined;
  for await (const event of runExperiment({ ...parts, folder, force: true })) last = event;
  return last!;
}

const page = () => readFile(join(folder, 'report.html'), 'utf8');

describe('the report of a run with several operating points', () => {
  test('has a table with settings as numbers and what each point takes', async () => {
    const last = await run(widthMethod());
    const { points, report, name, method } = await readRunReport(folder);
    expect({ name, method }).toEqual({ name: folder.split('/').at(-1), method: 'width' });
    const table = report.tables.find(({ title }) => title === 'Operating points')!;
    expect(table.columns.map(({ key }) => key)).toEqual([
      'point',
      'setting.units',
      'accuracy',
      'loss',
      'nonzero',
      'macs',
      'bytes',
    ]);
    expect(table.rows).toEqual(
      points.map(({ point, evaluation, size }) => ({
        point: point.name,
        'setting.units': point.settings.units,
        accuracy: Number((100 * evaluation.accuracy).toFixed(2)),
        loss: Number(evaluation.loss.toPrecision(4)),
        nonzero: size.nonzero,
        macs: size.macs,
        bytes: size.storedBytes,
      })),
    );
    // 4 inputs and 3 outputs for each unit.
    expect(table.rows.map(({ macs }) => macs)).toEqual([21, 35, 7]);
    expect(last).toMatchObject({ type: 'result', report });
  });

  test('has a chart of accuracy along the dial on its page, which still needs no other file', async () => {
    await run(widthMethod());
    const html = await page();
    expect(html).toContain('<h2>Accuracy along units</h2>');
    expect(html.match(/<circle/g)).toHaveLength(3);
    expect(html).not.toMatch(/<script|https?:/);
    const file = await readFile(join(folder, 'curve.svg'), 'utf8');
    expect(file).toMatch(/^<svg xmlns=.*Accuracy along units.*<circle.*<\/svg>$/s);
  });

  test('has no chart where there is one point', async () => {
    await run();
    expect(await readdir(folder)).not.toContain('curve.svg');
    expect(await page()).not.toMatch(/along|<circle/);
    expect((await readRunReport(folder)).points).toHaveLength(1);
  });
});

describe('a report that cannot be read is an error that says what to do', () => {
  test('in a folder that is no run', async () => {
    const failed = readRunReport(folder);
    await expect(failed).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
    await expect(failed).rejects.toThrow(/report\.json.*Expected the folder of a finished run/);
  });

  test('in a run that was stopped', async () => {
    await rm(folder, { recursive: true });
    await run(undefined, AbortSignal.abort());
    const failed = readRunReport(folder);
    await expect(failed).rejects.toMatchObject({ code: 'RUN_NOT_FINISHED' });
    await expect(failed).rejects.toThrow(`pare resume ${folder}`);
  });

  test.each([
    ['that is no JSON', '{'],
    ['of a version without points', '{"name":"old","report":{"values":{},"tables":[]}}'],
  ])('%s', async (_name, text) => {
    await writeFile(join(folder, 'report.json'), text);
    const failed = readRunReport(folder);
    await expect(failed).rejects.toMatchObject({ code: 'REPORT_DAMAGED' });
    await expect(failed).rejects.toThrow(`Write it again: pare resume ${folder}`);
  });
});

test('the page has what stages tell of their work, and shows small numbers as they are', async () => {
  const table = {
    title: 'Steps',
    columns: [{ key: 'mu', title: 'μ' }],
    rows: [{ mu: 0.00009 }, { mu: 0 }, { mu: 0.12345678 }],
  };
  await run({
    ...widthMethod(),
    plan: () => [
      {
        kind: 'transform',
        name: 'compress',
        run: ({ network, weights }) =>
          Promise.resolve({ network, weights, report: { values: {}, tables: [table] } }),
      },
    ],
  });
  const html = await page();
  expect(html).toContain('<h2>Steps (stage compress)</h2>');
  const numbers = [...html.slice(html.indexOf('Steps (stage')).matchAll(/"number">([^<]*)</g)];
  expect(numbers.map(([, text]) => text)).toEqual(['0.00009', '0', '0.1235']);
});
