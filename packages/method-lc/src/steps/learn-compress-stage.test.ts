import { describe, expect, test } from '@jest/globals';
import { runExperiment } from '@pare/core';
import { blobRun } from '../testing/blob-run.ts';
import { unpackFloat64 } from './packed-data.ts';
import type { HostTensor, RunEvent, StageHookContext, Tensors, TrainStage } from '@pare/core';
import type { LcInput } from '../testing/blob-run.ts';

const { fround } = Math;

/** What the hooks of the steps have read and written, in order. */
interface Watched {
  readonly events: readonly RunEvent[];
  readonly read: readonly Tensors[];
  readonly written: readonly Tensors[];
}

async function watch(changes: Partial<LcInput>): Promise<Watched> {
  const parts = blobRun(changes);
  const read: Tensors[] = [];
  const written: Tensors[] = [];
  const watched = (context: StageHookContext): StageHookContext => ({
    ...context,
    read: async (names) => {
      const tensors = await context.read(names);
      read.push(tensors);
      return tensors;
    },
    write: (tensors) => {
      written.push(tensors);
      return context.write(tensors);
    },
  });
  const watchedStage = (stage: TrainStage): TrainStage => ({
    ...stage,
    beforeEpoch: (context) => stage.beforeEpoch!(watched(context)),
    afterEpoch: (context) => stage.afterEpoch!(watched(context)),
  });
  const method = {
    ...parts.method,
    plan: (context: Parameters<typeof parts.method.plan>[0]) =>
      parts.method
        .plan(context)
        .map((stage) =>
          stage.kind === 'train' && stage.name === 'learn-compress' ? watchedStage(stage) : stage,
        ),
  };
  const events: RunEvent[] = [];
  for await (const event of runExperiment({ ...parts, method })) events.push(event);
  return { events, read, written };
}

const having = (tensors: readonly Tensors[], name: string): HostTensor[] =>
  tensors.flatMap((each) => (each.has(name) ? [each.get(name)!] : []));

const distanceOf = (a: HostTensor, b: HostTensor) =>
  Array.from(a.data).reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0);

const mus = [0.1, 0.1, 0.4];

const one: Partial<LcInput> = { tasks: ['fc2: binarize(scale)'], mu: mus, pretrain: false };

describe('targets and multipliers', () => {
  test('targets are Δ + λ/μ with the μ of the step that begins; λ moves by μ·(w - Δ) at the last step with a μ', async () => {
    const { read, written } = await watch(one);
    const targets = having(written, 'fc2.weight/target');
    const deltas = having(written, 'lc:delta:fc2.weight');
    const lambdas = having(written, 'lc:multipliers:fc2').map(unpackFloat64);
    const weights = having(read, 'fc2.weight');
    expect([targets, deltas, lambdas, weights].map(({ length }) => length)).toEqual([3, 3, 3, 3]);
    // The second step has the same μ again.
    expect(lambdas[0]!.every((lambda) => lambda === 0)).toBe(true);
    const moved = (i: number, before: ArrayLike<number>) => {
      const [w, delta] = [weights[i]!.data, deltas[i]!.data];
      return torchOrder(w.map((x, at) => -mus[i]! * (x - delta[at]!))).map(
        (x, at) => x + before[at]!,
      );
    };
    expectClose(lambdas[1]!, moved(1, lambdas[0]!));
    expectClose(lambdas[2]!, moved(2, lambdas[1]!));
    const expected = torchOrder(deltas[1]!.data).map((x, at) =>
      fround(x + lambdas[1]![at]! / mus[2]!),
    );
    expect(torchOrder(targets[2]!.data)).toEqual(expected);
  });

  test('the penalty is (μ/2)·‖w - t‖², and is told apart from the loss', async () => {
    // Weights do not move, so that the mean of the epoch is its first value.
    const { events, read, written } = await watch({
      ...one,
      learningRate: 1e-30,
      firstEpochs: 1,
      epochs: 1,
    });
    const penalties = events.flatMap((event) =>
      event.type === 'epoch' && event.stage === 'learn-compress' ? [event.train.penalty!] : [],
    );
    const weights = having(read, 'fc2.weight');
    having(written, 'fc2.weight/target').forEach((target, i) =>
      expect(penalties[i]! / ((mus[i]! / 2) * distanceOf(weights[i]!, target))).toBeCloseTo(1, 4),
    );
  });
});

/** [8, 3] in our layout to [3, 8]. */
const torchOrder = (data: ArrayLike<number>): number[] =>
  Array.from({ length: data.length }, (_, i) => data[(i % 8) * 3 + Math.floor(i / 8)]!);

const expectClose = (found: Float64Array, expected: readonly number[]) =>
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));

describe('with keep: best', () => {
  test('the compressed network is that of the best step, weights and Θ', async () => {
    // Later steps are worse: their rates are too high.
    const { events } = await watch({ keep: 'best', decay: 10, mu: [0.01, 0.011, 0.012] });
    const epochs = events.flatMap((event) =>
      event.type === 'epoch' && event.stage === 'learn-compress' && event.evaluation
        ? [event.evaluation]
        : [],
    );
    const best = Math.max(...epochs.map(({ correct }) => correct));
    expect(epochs.at(-1)!.correct).toBeLessThan(best);
    const ends = events.flatMap((event) =>
      event.type === 'stage-end' && event.stage === 'compress' ? [event.evaluation] : [],
    );
    expect(ends[0]!.correct).toBe(best);
    expect(ends[0]!.loss).toBeCloseTo(epochs.find(({ correct }) => correct === best)!.loss, 5);
  });
});

test('the ratio counts layers that no task compresses, and biases, at 32 bits', async () => {
  const { events } = await watch({ tasks: ['fc1: binarize'], mu: [0.1] });
  const end = events.find((event) => event.type === 'stage-end' && event.stage === 'compress');
  const { values } = (end as Extract<RunEvent, { type: 'stage-end' }>).report!;
  // 203 numbers, 128 of them in one bit each.
  expect(values.ratio).toBeCloseTo((32 * 203) / (128 + 32 * 75), 10);
});
