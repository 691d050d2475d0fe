import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadArtifact } from '../artifact/load-artifact.ts';
import { evaluateNetwork } from '../evaluation/evaluate-network.ts';
import { sgd } from '../optimizers/sgd.ts';
import { lineMethod } from '../testing/line-method.ts';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { smallExperiment, smallTraining } from '../testing/small-experiment.ts';
import { watchSessions } from '../testing/watch-sessions.ts';
import { widthMethod } from '../testing/width-method.ts';
import { measurePoint } from './evaluated-point.ts';
import { runExperiment } from './run-experiment.ts';
import { readRunReport } from './run-report.ts';
import { measureSize } from './stage-result.ts';
import type { Dataset } from '../contracts/dataset.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { CompressedState, Method } from '../contracts/method.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { ExperimentOptions } from './run-experiment.ts';

// Real files, synced to disk: slow where the machine is busy.
jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-points-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(method: Method, changes: Partial<ExperimentOptions> = {}) {
  const parts = { ...smallExperiment(), settings: {}, method, ...changes };
  const events: RunEvent[] = [];
  for await (const event of runExperiment({ ...parts, folder: join(folder, 'run') })) {
    events.push(event);
  }
  const result = events.at(-1)!;
  if (result.type !== 'result') throw new Error(`the run ended with ${result.type}`);
  return { events, parts, result };
}

const { dataset } = smallExperiment();
const evaluate = (state: CompressedState, split?: 'validation') =>
  evaluateNetwork({ engine: createReferenceEngine(), dataset, ...state, ...(split && { split }) });

describe('a run of a method with operating points', () => {
  test('states for every point what the plain network there does and takes', async () => {
    const method = widthMethod();
    const { result } = await run(method);
    const artifact = await loadArtifact(join(folder, 'run', 'model'));
    const { points } = await readRunReport(join(folder, 'run'));
    expect(points.map(({ point }) => point.settings.units)).toEqual([3, 5, 1]);
    for (const { point, evaluation, size } of points) {
      const there = method.at(artifact, point);
      expect(evaluation).toEqual(await evaluate(there));
      expect(size).toEqual(measurePoint(there));
    }
    expect(new Set(points.map(({ size }) => size.storedBytes)).size).toBe(3);
    expect(result.evaluation).toEqual(points[0]!.evaluation);
    expect(result.report.values.macs).toBe(points[0]!.size.macs);
  });

  test('evaluates and sizes the end of a stage at the first point, not as it was trained', async () => {
    const method = widthMethod();
    const { events } = await run(method);
    const artifact = await loadArtifact(join(folder, 'run', 'model'));
    const [first] = method.operatingPoints(artifact);
    const there = method.at(artifact, first!);
    const end = events.find((event) => event.type === 'stage-end')!;
    expect(end.evaluation).toEqual(await evaluate(there));
    expect(end.evaluation).not.toEqual(await evaluate(artifact));
    const { stages } = await readRunReport(join(folder, 'run'));
    expect(stages.map(({ size }) => size)).toEqual([measureSize(there)]);
  });

  test('evaluates each epoch there too, on the split that epochs are chosen on', async () => {
    const seen: CompressedState[] = [];
    const method = lineMethod({
      afterEpoch: async ({ network, read }) => {
        seen.push({ network, weights: await read(network.parameters.map(({ name }) => name)) });
      },
    });
    const { events } = await run(method);
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs).toHaveLength(3);
    for (const [i, { evaluation }] of epochs.entries()) {
      const state = seen[i]!;
      const [point] = method.operatingPoints(state);
      expect(evaluation).toEqual(await evaluate(method.at!(state, point!), 'validation'));
      expect(evaluation).not.toEqual(await evaluate(state, 'validation'));
    }
  });

  test('with weights that alone differ opens one session for all evaluations of a training stage, and one for those of points', async () => {
    const { engine, seen } = watchSessions();
    await run(lineMethod(), { engine });
    // End of "extend", training, its epochs, end of training on the test split, points.
    expect(seen).toMatchObject({ opened: 5, disposed: 5 });
  });

  test('keeps the epoch that is best at the first point', async () => {
    // The bias decides alone: as trained the largest one wins, measured with its sign turned the smallest one.
    const biases = [
      [50, 0, -50],
      [-50, 0, 50],
      [0, -50, 50],
    ];
    const stage = smallTraining({
      keep: 'best',
      optimizer: sgd({ learningRate: 0 }),
      afterEpoch: ({ epoch, write }) =>
        write(new Map([['fc2.bias', vector(...biases[epoch - 1]!)]])),
    });
    const method: Method = {
      ...smallExperiment({ stages: [stage] }).method,
      at: ({ network, weights }) => {
        const turned = [...weights.get('fc2.bias')!.data].map((value) => -value);
        return { network, weights: new Map([...weights, ['fc2.bias', vector(...turned)]]) };
      },
    };
    const { events } = await run(method, { dataset: lopsided });
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs.map(({ evaluation }) => evaluation!.correct)).toEqual([2, 6, 4]);
    const { weights } = await loadArtifact(join(folder, 'run', 'model'));
    expect([...weights.get('fc2.bias')!.data]).toEqual(biases[1]);
  });
});

const vector = (...values: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

/** Twelve examples of validation: six of class 0, four of class 1, two of class 2. */
const lopsided: Dataset = {
  ...dataset,
  async *batches(split, options) {
    for await (const batch of dataset.batches(split, options)) {
      const y = Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2);
      yield split === 'validation' ? { ...batch, y } : batch;
    }
  },
};
