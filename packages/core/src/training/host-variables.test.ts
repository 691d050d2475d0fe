import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { adam } from '../optimizers/adam.ts';
import { sgd } from '../optimizers/sgd.ts';
import { runExperiment } from '../run/run-experiment.ts';
import { resumeExperiment } from '../run/resume-experiment.ts';
import { smallExperiment, smallTraining } from '../testing/small-experiment.ts';
import type { CompressedState, Stage, TrainStage } from '../contracts/method.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { ExperimentParts } from '../run/experiment.ts';

let temporary = '';
let folder = '';
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'pare-host-'));
  folder = join(temporary, 'run');
});
afterEach(() => rm(temporary, { recursive: true }));

const counter = (value: number): HostTensor => ({
  dtype: 'int32',
  shape: [1],
  data: Int32Array.of(value),
});

/** Counts the epochs in a variable that no program has. */
const counting = (changes: Partial<TrainStage> = {}): TrainStage =>
  smallTraining({
    epochs: 4,
    variables: new Map([['count', counter(0)]]),
    carry: ['count'],
    async beforeEpoch({ read, write }) {
      const { data } = (await read(['count'])).get('count')!;
      await write(new Map([['count', counter(data[0]! + 1)]]));
    },
    ...changes,
  });

/** Tells in its report what lies beside the weights. */
const looking: Stage = {
  kind: 'transform',
  name: 'look',
  run: ({ network, weights }) => {
    const count = weights.get('count')?.data[0] ?? 'none';
    return Promise.resolve({ network, weights, report: { values: { count }, tables: [] } });
  },
};

async function eventsOf(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const seenCount = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'stage-end' && event.stage === 'look' ? [event.report!.values.count] : [],
  )[0];

const epochsOf = (events: readonly RunEvent[]) => events.filter(({ type }) => type === 'epoch');

describe('variables that no program has', () => {
  test('are read and written by hooks, and stay beside the weights where they are carried', async () => {
    expect(
      seenCount(await eventsOf(runExperiment(smallExperiment({ stages: [counting(), looking] })))),
    ).toBe(4);
    const dropped = smallExperiment({ stages: [counting({ carry: [] }), looking] });
    expect(seenCount(await eventsOf(runExperiment(dropped)))).toBe('none');
  });

  test('go on after a resume where they were', async () => {
    const stop = new AbortController();
    let steps = 0;
    const parts = (onStep?: () => void): ExperimentParts =>
      smallExperiment({ stages: [counting(), looking], ...(onStep && { onStep }) });
    const first = parts(() => {
      if (++steps === 12) stop.abort();
    });
    const before = await eventsOf(runExperiment({ ...first, folder, signal: stop.signal }));
    expect(before.at(-1)!.type).toBe('interrupted');
    expect(seenCount(await eventsOf(resumeExperiment(folder, parts())))).toBe(4);
  });

  test('are what `Method.at` sees in evaluations of epochs', async () => {
    const seen: unknown[] = [];
    const { method, ...rest } = smallExperiment({ stages: [counting()] });
    const at = (state: CompressedState) => {
      seen.push(state.weights.get('count')?.data[0]);
      return state;
    };
    await eventsOf(runExperiment({ ...rest, method: { ...method, at } }));
    expect(seen.slice(0, 4)).toEqual([1, 2, 3, 4]);
  });
});

describe('hooks of a training stage', () => {
  test('end the stage with an epoch, also when the run stops right then and goes on', async () => {
    const stopping = counting({
      epochs: 9,
      afterEpoch: ({ epoch }) => Promise.resolve(epoch === 2 ? 'stop' : undefined),
    });
    const events = await eventsOf(runExperiment(smallExperiment({ stages: [stopping, looking] })));
    expect(epochsOf(events)).toHaveLength(2);
    expect(seenCount(events)).toBe(2);
    const stop = new AbortController();
    const aborting = counting({
      epochs: 9,
      afterEpoch: ({ epoch }) => {
        if (epoch === 2) stop.abort();
        return Promise.resolve(epoch === 2 ? 'stop' : undefined);
      },
    });
    const stages = [aborting, looking];
    await eventsOf(runExperiment({ ...smallExperiment({ stages }), folder, signal: stop.signal }));
    const after = await eventsOf(resumeExperiment(folder, smallExperiment({ stages })));
    expect(seenCount(after)).toBe(2);
  });

  test('leave out the steps of an epoch, and nothing else', async () => {
    const after: number[] = [];
    const stage = counting({
      beforeEpoch: ({ epoch }) => Promise.resolve(epoch === 2 || epoch === 3 ? 'skip' : undefined),
      afterEpoch: ({ epoch }) => Promise.resolve(void after.push(epoch)),
    });
    let steps = 0;
    const parts = smallExperiment({ stages: [stage], onStep: () => steps++ });
    const events = epochsOf(await eventsOf(runExperiment(parts)));
    expect(steps).toBe(2 * 5);
    expect(after).toEqual([1, 2, 3, 4]);
    const losses = events.map((event) => event.type === 'epoch' && event.train.loss !== undefined);
    expect(losses).toEqual([true, false, false, true]);
    const results = events.map((event) => event.type === 'epoch' && event.evaluation);
    expect(results[2]).toEqual(results[0]);
    expect(results[3]).not.toEqual(results[0]);
  });

  test('reset the optimizer to its beginning', async () => {
    const momenta: number[] = [];
    const stage = counting({
      optimizer: sgd({ learningRate: 0.01, momentum: 0.9 }),
      async afterEpoch({ epoch, read, resetOptimizer }) {
        if (epoch === 2) await resetOptimizer();
        const values = (await read(['fc1.weight/momentum'])).get('fc1.weight/momentum')!.data;
        momenta.push(Math.max(...Array.from(values, Math.abs)));
      },
    });
    await eventsOf(runExperiment(smallExperiment({ stages: [stage] })));
    expect(momenta[0]).toBeGreaterThan(0);
    expect(momenta[1]).toBe(0);
    expect(momenta[2]).toBeGreaterThan(0);
  });

  test('get the same random stream in every run', async () => {
    const draws: number[] = [];
    const stage = counting({
      afterEpoch: ({ random }) => Promise.resolve(void draws.push(random.uniform())),
    });
    await eventsOf(runExperiment(smallExperiment({ stages: [stage] })));
    await eventsOf(runExperiment(smallExperiment({ stages: [stage] })));
    expect(new Set(draws.slice(0, 4)).size).toBe(4);
    expect(draws.slice(4)).toEqual(draws.slice(0, 4));
  });
});

describe('evaluations of a stage', () => {
  test('are made after the epochs that the stage names', async () => {
    const stage = counting({ optimizer: adam(), evaluates: (epoch) => epoch % 2 === 0 });
    const events = await eventsOf(runExperiment(smallExperiment({ stages: [stage] })));
    const evaluated = epochsOf(events).map(
      (event) => event.type === 'epoch' && event.evaluation !== undefined,
    );
    expect(evaluated).toEqual([false, true, false, true]);
  });
});
