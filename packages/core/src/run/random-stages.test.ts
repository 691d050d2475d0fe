import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { lineMethod } from '../testing/line-method.ts';
import { smallExperiment, smallTraining } from '../testing/small-experiment.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { StepProgress, TransformStage } from '../contracts/method.ts';
import type { ExperimentParts } from './experiment.ts';

// Real files, synced to disk: slow where the machine is busy.
jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-random-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function all(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const run = (name: string, parts: ExperimentParts) =>
  all(runExperiment({ ...parts, folder: join(folder, name) }));

const weightsOf = (name: string) =>
  readFile(join(folder, name, 'model', 'weights.safetensors'), 'hex');

describe('a method that draws random feeds and random first values', () => {
  const parts = (changes: Parameters<typeof smallExperiment>[0] = {}): ExperimentParts => ({
    ...smallExperiment(changes),
    method: lineMethod(),
  });

  test('goes on after a stop at any step to bit for bit the same weights and epochs', async () => {
    const whole = await run('whole', parts());
    const expected = await weightsOf('whole');
    const epochsOf = (events: readonly RunEvent[]) =>
      events.filter((event) => event.type === 'epoch');
    for (const step of [1, 4, 5, 8, 14, 15]) {
      const stop = new AbortController();
      let steps = 0;
      const stopped = parts({ onStep: () => ++steps === step && stop.abort() });
      const name = `stopped at ${step}`;
      const before = await run(name, { ...stopped, signal: stop.signal });
      expect(before.at(-1)!.type).toBe('interrupted');
      const after = await all(resumeExperiment(join(folder, name), parts()));
      expect(after.at(-1)!.type).toBe('result');
      expect(await weightsOf(name)).toBe(expected);
      expect([...epochsOf(before), ...epochsOf(after)]).toEqual(epochsOf(whole));
    }
  });

  test('gives the same for the same seed and something else for another', async () => {
    for (const [name, seed] of [
      ['first', 7],
      ['same', 7],
      ['other', 8],
    ] as const) {
      await run(name, { ...parts(), seed });
    }
    expect(await weightsOf('same')).toBe(await weightsOf('first'));
    expect(await weightsOf('other')).not.toBe(await weightsOf('first'));
  });
});

describe('what feeds are told', () => {
  const told: (Omit<StepProgress, 'random'> & { drawn: number })[] = [];
  const stage = (name: string) =>
    smallTraining({
      name,
      epochs: 2,
      schedule: ({ step }) => 2 ** -step,
      feeds: ({ random, ...progress }) => {
        told.push({ ...progress, drawn: random.uniform() });
        return {};
      },
    });

  test('is step, epoch and learning rate of the step, and a stream for each step of each stage', async () => {
    await run('told', smallExperiment({ stages: [stage('a'), stage('b')] }));
    const steps = Array.from({ length: 10 }, (_, step) => ({
      step,
      epoch: Math.floor(step / 5),
      stepsPerEpoch: 5,
      learningRate: 0.02 * 2 ** -step,
    }));
    expect(told.map(({ drawn: _drawn, ...progress }) => progress)).toEqual([...steps, ...steps]);
    expect(new Set(told.map(({ drawn }) => drawn)).size).toBe(20);
  });
});

describe('the stream of a transforming stage', () => {
  const drawing = (name: string, draws: number[]): TransformStage => ({
    kind: 'transform',
    name,
    run: ({ network, weights, random }) => {
      draws.push(random.uniform());
      return Promise.resolve({ network, weights });
    },
  });

  async function draw(seed: number, before: readonly string[] = []) {
    const draws: number[] = [];
    const stages = [...before, 'prune', 'round'].map((name) => drawing(name, draws));
    await all(runExperiment({ ...smallExperiment({ stages }), seed }));
    return draws.slice(before.length);
  }

  test('follows from the seed, and is another one in each stage', async () => {
    const [prune, round] = await draw(1);
    expect(await draw(1)).toEqual([prune, round]);
    expect(prune).not.toBe(round);
    expect(await draw(2)).not.toContain(prune);
  });

  test('is the same after a resume', async () => {
    const [whole, resumed]: [number[], number[]] = [[], []];
    const stages = (draws: number[]) => [smallTraining(), drawing('prune', draws)];
    await run('whole', smallExperiment({ stages: stages(whole) }));
    const stop = new AbortController();
    const parts = smallExperiment({ stages: stages(resumed), onStep: () => stop.abort() });
    await run('stopped', { ...parts, signal: stop.signal });
    expect(resumed).toEqual([]);
    const rest = smallExperiment({ stages: stages(resumed) });
    await all(resumeExperiment(join(folder, 'stopped'), rest));
    expect(resumed).toEqual(whole);
  });
});
