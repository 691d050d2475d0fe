import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadArtifact } from '../artifact/load-artifact.ts';
import { evaluateNetwork } from '../evaluation/evaluate-network.ts';
import { lineMethod, secondEnd } from '../testing/line-method.ts';
import { smallExperiment, smallTraining } from '../testing/small-experiment.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import { readRunReport } from './run-report.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { Method, Stage } from '../contracts/method.ts';
import type { ExperimentParts } from './experiment.ts';

// Real files, synced to disk: slow where the machine is busy.
jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-beside-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The line, then whatever other stages. */
function experiment(stages: readonly Stage[], onStep?: () => void): ExperimentParts {
  const line = lineMethod();
  const method: Method = { ...line, plan: (context) => [...line.plan(context), ...stages] };
  return { ...smallExperiment(onStep ? { onStep } : {}), method };
}

async function run(parts: ExperimentParts, name = 'run'): Promise<RunEvent> {
  let last: RunEvent | undefined;
  const events = runExperiment({ ...parts, folder: join(folder, name) });
  for await (const event of events) last = event;
  return last!;
}

const modelOf = (name = 'run') => loadArtifact(join(folder, name, 'model'));

describe('parameters beside the graph', () => {
  test('are kept with the model, which gives the same results at every point', async () => {
    const parts = experiment([]);
    await run(parts);
    const artifact = await modelOf();
    expect(artifact.network.parameters.map(({ name }) => name)).toContain(secondEnd);
    expect(artifact.weights.get(secondEnd)!.shape).toEqual([4, 5]);
    const { points } = await readRunReport(join(folder, 'run'));
    const again = points.map(({ point }) =>
      evaluateNetwork({ ...parts, ...parts.method.at!(artifact, point) }),
    );
    expect(await Promise.all(again)).toEqual(points.map(({ evaluation }) => evaluation));
  });

  test('go through a stage that does not look at them as they are', async () => {
    await run(experiment([]), 'short');
    const frozen = smallTraining({ name: 'tune', adjust: freezeSecond });
    expect((await run(experiment([frozen]))).type).toBe('result');
    const [short, long] = [await modelOf('short'), await modelOf()];
    expect(long.weights.get(secondEnd)).toEqual(short.weights.get(secondEnd));
    expect(long.weights.get('fc1.weight')).not.toEqual(short.weights.get('fc1.weight'));
  });

  test('also where that stage keeps its best epoch, and is resumed', async () => {
    const frozen = smallTraining({
      name: 'tune',
      adjust: freezeSecond,
      keep: 'best',
      startCompetes: true,
    });
    await run(experiment([frozen]));
    const stop = new AbortController();
    let steps = 0;
    // The line takes 15 steps.
    const parts = experiment([frozen], () => ++steps === 22 && stop.abort());
    expect(await run({ ...parts, signal: stop.signal }, 'stopped')).toMatchObject({
      type: 'interrupted',
    });
    for await (const _event of resumeExperiment(join(folder, 'stopped'), experiment([frozen])));
    const weights = (name: string) =>
      readFile(join(folder, name, 'model', 'weights.safetensors'), 'hex');
    expect(await weights('stopped')).toBe(await weights('run'));
  });
});

const freezeSecond = ({ name }: { name: string }) => ({ frozen: name === secondEnd });
