import { describe, expect, test } from '@jest/globals';
import { runExperiment } from '@pare/core';
import { blobNetwork } from '@pare/core/testing';
import { resolveTasks } from '../tasks/resolve-tasks.ts';
import { blobRun } from '../testing/blob-run.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { releasedTasks } from './released-tasks.ts';
import type { RunEvent } from '@pare/core';
import type { LcInput } from '../testing/blob-run.ts';

const on = { releaseZeroRanks: true };

describe('a task may be released', () => {
  test.each([
    ['resnet-20', 19],
    ['nin', 9],
    ['lenet-5', 0],
  ] as const)('of layers of %s with a norm behind: %d', (name, count) => {
    const network = exampleNetworks[name]();
    const { tasks } = resolveTasks(network, 'each all: low-rank(auto, alpha=1e-9)');
    expect(releasedTasks(network, tasks, on).candidates.size).toBe(count);
    expect(releasedTasks(network, tasks, { releaseZeroRanks: false }).candidates.size).toBe(0);
  });

  test('only where its rank is selected', () => {
    const network = blobNetwork('batch');
    const candidates = (line: string) =>
      [...releasedTasks(network, resolveTasks(network, line).tasks, on).candidates].join();
    expect(candidates('conv1: low-rank(auto, alpha=1e-9)')).toBe('conv1');
    expect(candidates('conv1: low-rank(rank=0)')).toBe('');
    expect(candidates('conv1: prune(keep=50%)')).toBe('');
    expect(candidates('fc1: low-rank(auto, alpha=1e-9)')).toBe('');
  });
});

async function run(changes: Partial<LcInput>): Promise<RunEvent[]> {
  const options: Partial<LcInput> = {
    mu: [1e-6, 2e-6, 100],
    firstEpochs: 0,
    epochs: 1,
    ...changes,
  };
  const events: RunEvent[] = [];
  for await (const event of runExperiment(blobRun(options, blobNetwork('batch'))))
    events.push(event);
  return events;
}

const epochs = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'epoch' && event.stage === 'learn-compress' ? [event.train] : [],
  );

describe('while ranks are 0 with a norm behind', () => {
  const tasks = ['conv1: low-rank(auto, alpha=1e-3)'];

  test('L steps of nothing else are left out, with a word; their C steps are not', async () => {
    const events = await run({ tasks, releaseZeroRanks: true, mu: [1e-6, 2e-6, 3e-6, 100, 200] });
    const [first, second, third, fourth] = epochs(events);
    expect([first, second, third]).toEqual([{}, {}, {}]);
    expect(fourth!.penalty).toBeGreaterThan(0);
    const told = events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
    expect(told.filter((message) => /L step \d is left out/.test(message))).toHaveLength(3);
    expect(told.filter((message) => /^lc: step \d/.test(message))).toHaveLength(5);
  });

  test('other tasks are penalized alone', async () => {
    const mixed = ['conv1: low-rank(auto, alpha=1e-3)', 'fc1: low-rank(auto, alpha=1e-3)'];
    const mu = [1e-3, 2e-3, 3e-3];
    const penalties = async (releaseZeroRanks: boolean) =>
      epochs(await run({ tasks: mixed, releaseZeroRanks, mu })).map(({ penalty }) => penalty!);
    const [released, held] = [await penalties(true), await penalties(false)];
    expect(released[0]).toBeGreaterThan(0);
    expect(released[0]).toBeLessThan(held[0]!);
  });

  test('without the option they are pulled to 0 like others', async () => {
    expect(epochs(await run({ tasks }))[0]!.penalty).toBeGreaterThan(0);
  });
});
