import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadArtifact } from '../artifact/load-artifact.ts';
import { failure } from '../testing/failure.ts';
import { smallExperiment, smallNetwork, smallTraining } from '../testing/small-experiment.ts';
import { loadStart } from '../weights/load-start.ts';
import { runExperiment } from './run-experiment.ts';
import { readRunReport } from './run-report.ts';
import type { TransformStage } from '../contracts/method.ts';

// Real files, synced to disk: slow where the machine is busy.
jest.setTimeout(120_000);

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pare-from-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** Leaves everything as it is. */
const nothing: TransformStage = {
  kind: 'transform',
  name: 'nothing',
  run: ({ network, weights }) => Promise.resolve({ network, weights }),
};
const untrained = () => smallExperiment({ stages: [nothing] });

async function run(name: string, from?: string): Promise<string> {
  const folder = join(parent, name);
  const start = from === undefined ? undefined : await loadStart(smallNetwork(), { path: from });
  const first = start && { ...start, start: start.reference };
  // Another seed: without a start the weights would be others.
  const seed = from === undefined ? 7 : 8;
  for await (const _ of runExperiment({ ...untrained(), ...first, seed, folder }));
  return folder;
}

describe('a run that starts from weights', () => {
  test('has them first, and says so in its environment and report', async () => {
    const first = await run('first');
    const second = await run('second', first);
    const weightsOf = async (folder: string) => (await loadArtifact(join(folder, 'model'))).weights;
    expect(await weightsOf(second)).toEqual(await weightsOf(first));
    const { reference } = await loadStart(smallNetwork(), { path: first });
    const environment = await readFile(join(second, 'environment.json'), 'utf8');
    expect(JSON.parse(environment)).toMatchObject({ start: reference });
    const { report } = await readRunReport(second);
    expect(report.values).toMatchObject({ start: first, startSha256: reference.sha256 });
    expect(report.values.notices).toContain(`starts from ${first}: 4 tensors, SHA-256`);
    expect(await readFile(join(second, 'report.html'), 'utf8')).toContain(reference.sha256);
  });

  test('is compared with them: they are measured before anything else', async () => {
    const first = await run('first');
    const { evaluation } = await readRunReport(first);
    const training = { ...smallExperiment({ stages: [smallTraining({ epochs: 5 })] }), seed: 8 };
    const start = await loadStart(smallNetwork(), { path: first });
    const folder = join(parent, 'trained');
    for await (const _ of runExperiment({ ...training, ...start, start: start.reference, folder }));
    const { stages, report } = await readRunReport(folder);
    expect(stages.map(({ stage, kind }) => [stage, kind])).toEqual([
      ['start', 'start'],
      ['train', 'train'],
    ]);
    expect(stages[0]!.evaluation).toEqual(evaluation);
    expect(report.values.accuracyBefore).toBe(evaluation.accuracy);
    expect(report.tables[0]!.rows[0]).toMatchObject({
      what: expect.stringMatching(/of the start weights and at the end/),
      before: Number((100 * evaluation.accuracy).toFixed(2)),
    });
  });

  test('lets its method know when it plans', async () => {
    const first = await run('first');
    const start = await loadStart(smallNetwork(), { path: first });
    const seen: unknown[] = [];
    const { method, ...rest } = untrained();
    const plan: typeof method.plan = (context) => {
      seen.push(context.hasStart);
      return method.plan(context);
    };
    for (const given of [{}, { weights: start.weights }])
      for await (const _ of runExperiment({ ...rest, ...given, method: { ...method, plan } }));
    expect(seen).toEqual([false, true]);
  });

  test('is refused in the folder that holds them, which it would empty', async () => {
    const folder = await run('first');
    for (const path of [folder, join(folder, 'model')]) {
      const { weights, reference: start } = await loadStart(smallNetwork(), { path });
      const parts = { ...untrained(), weights, start, folder, force: true };
      const error = await failure(() => runExperiment(parts).next());
      expect(error.code).toBe('START_IN_RUN_FOLDER');
      await expect(loadArtifact(join(folder, 'model'))).resolves.toBeDefined();
    }
  });
});
