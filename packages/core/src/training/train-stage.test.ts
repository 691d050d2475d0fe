import { describe, expect, test } from '@jest/globals';
import {
  NetworkBuilder,
  add,
  dimValue,
  dimensionInput,
  dropout,
  flatten,
  log,
  mul,
  notEqual,
  relu,
  scalar,
  slice,
  square,
  sum,
  variable,
  cast,
} from '@pare/graph';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { systemClock } from '../services/clock.ts';
import { adam } from '../optimizers/adam.ts';
import { sgd } from '../optimizers/sgd.ts';
import { blobDataset } from '../testing/blob-dataset.ts';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { trainStage } from './train-stage.ts';
import type { Network } from '@pare/graph';
import type { Dataset } from '../contracts/dataset.ts';
import type { Engine } from '../contracts/engine.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { TrainStage } from '../contracts/method.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { TrainOutcome, TrainStageOptions } from './train-stage.ts';
import type { TrainingSnapshot } from './training-snapshot.ts';

function tiny({ rate = 0, gain = 1 } = {}): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const hidden = relu(builder.dense('fc1', mul(flatten(x), gain), { units: 5 }));
  return builder.build(
    'tiny',
    x,
    builder.dense('fc2', rate > 0 ? dropout(hidden, rate) : hidden, { units: 3 }),
  );
}

const stage = (changes: Partial<TrainStage> = {}): TrainStage => ({
  kind: 'train',
  name: 'fit',
  epochs: 3,
  batchSize: 10,
  optimizer: adam({ learningRate: 0.02 }),
  ...changes,
});

interface Options extends Partial<TrainStageOptions> {
  readonly onEvent?: (event: RunEvent) => void;
}

async function train(changes: Options = {}) {
  const network = changes.network ?? tiny();
  const snapshots: TrainingSnapshot[] = [];
  const events: RunEvent[] = [];
  const stream = trainStage({
    engine: createReferenceEngine(),
    network,
    weights: initializeNetwork(network, new SeededRandom(1)),
    dataset: blobDataset(),
    stage: stage(),
    random: new SeededRandom(2),
    clock: systemClock,
    save: (snapshot) => Promise.resolve(`snapshot ${snapshots.push(snapshot)}`),
    ...changes,
  });
  let result: IteratorResult<RunEvent, TrainOutcome>;
  for (result = await stream.next(); !result.done; result = await stream.next()) {
    events.push(result.value);
    changes.onEvent?.(result.value);
  }
  return { ...result.value, events, snapshots };
}

const plain = (tensors: Tensors) =>
  Object.fromEntries([...tensors].map(([name, { data }]) => [name, [...data]]));
const epochs = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'epoch');

/** An engine that notes how many runs are unanswered, and may stop the training at a step. */
function watched(onStep: (count: number) => void = () => undefined) {
  const engine = createReferenceEngine();
  const seen = { most: 0, steps: 0 };
  let open = 0;
  const watching: Engine = {
    ...engine,
    async open(programs) {
      const session = await engine.open(programs);
      return {
        ...session,
        async run(name, feeds) {
          seen.most = Math.max(seen.most, ++open);
          const outputs = await session.run(name, feeds);
          await new Promise((done) => setImmediate(done));
          open--;
          if (name === 'train') onStep(++seen.steps);
          return outputs;
        },
      };
    },
  };
  return { engine: watching, seen };
}

describe('trainStage', () => {
  test('learns', async () => {
    const { events } = await train({ stage: stage({ epochs: 20 }) });
    const seen = epochs(events);
    expect(seen.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(seen[0]!.train.loss).toBeGreaterThan(1);
    expect(seen[19]!.train.loss).toBeLessThan(0.5);
    expect(seen[19]!.evaluation!.accuracy).toBeGreaterThan(0.8);
    expect(seen[19]!.evaluation!).toMatchObject({ split: 'test', count: 24 });
  });

  test('an objective may take a run-time width from a dimension input', async () => {
    const { events } = await train({
      stage: stage({
        epochs: 1,
        objective: ({ network, forward, taskLoss }) => {
          const hidden = network.parameters[0]!;
          const { output, updates } = forward();
          const part = slice(hidden.variable, [0, 0], [4, 'width']);
          const metrics = { width: dimValue('width'), part: sum(square(part)) };
          const total = add(taskLoss(output), metrics.part);
          return { total, logits: output, metrics, updates, inputs: [dimensionInput('width')] };
        },
        feeds: ({ step }) => ({
          width: { dtype: 'int32', shape: [], data: Int32Array.of(1 + (step % 5)) },
        }),
      }),
    });
    // Widths 1 to 5 in steps of 10, 10, 10, 10 and 8 examples.
    expect(epochs(events)[0]!.train.width).toBeCloseTo(140 / 48, 6);
  });

  test('means weigh a short last batch by its size', async () => {
    const still = stage({ epochs: 1, optimizer: sgd({ learningRate: 0 }) });
    const small = await train({ stage: { ...still, batchSize: 20 } });
    const whole = await train({ stage: { ...still, batchSize: 48 } });
    const [a, b] = [epochs(small.events)[0]!.train, epochs(whole.events)[0]!.train];
    expect(a.loss).toBeCloseTo(b.loss!, 6);
    expect(a.accuracy).toBe(b.accuracy);
  });

  test('reports the metrics of the objective, and the learning rate of the schedule', async () => {
    const { events } = await train({
      stage: stage({
        epochs: 2,
        schedule: ({ step, stepsPerEpoch }) => (step < stepsPerEpoch ? 1 : 0.5),
        objective: ({ forward, taskLoss }) => {
          const { output, updates } = forward();
          const loss = taskLoss(output);
          return {
            total: add(loss, 7),
            logits: output,
            metrics: { loss, extra: scalar(7) },
            updates,
          };
        },
      }),
    });
    const [first, second] = epochs(events);
    expect(first!.train.extra).toBe(7);
    expect(first!.train.loss).toBeLessThan(2);
    expect([first!.learningRate, second!.learningRate]).toEqual([0.02, 0.01]);
  });

  test('keeps two steps under way, not more', async () => {
    const { engine, seen } = watched();
    await train({ engine, stage: stage({ epochs: 1 }) });
    expect(seen).toEqual({ most: 2, steps: 5 });
  });

  test('adjust freezes parameters and masks gradients', async () => {
    const network = tiny();
    const weights = new Map(initializeNetwork(network, new SeededRandom(1)));
    weights.get('fc1.weight')!.data.fill(0, 0, 7);
    const { weights: after } = await train({
      network,
      weights,
      stage: stage({
        adjust: (parameter, gradient) =>
          parameter.name === 'fc2.bias'
            ? { frozen: true }
            : { gradient: mul(gradient, cast(notEqual(parameter.variable, 0), 'float32')) },
      }),
    });
    expect(after.get('fc2.bias')).toEqual(weights.get('fc2.bias'));
    expect([...after.get('fc1.weight')!.data.subarray(0, 7)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(after.get('fc2.weight')).not.toEqual(weights.get('fc2.weight'));
  });

  test('variables of the stage follow from the state and are updated; hooks read and write them', async () => {
    const one: HostTensor = { dtype: 'float32', shape: [], data: Float32Array.of(1) };
    const seen: number[] = [];
    const { events } = await train({
      stage: stage({
        epochs: 2,
        variables: ({ weights }) =>
          new Map([['count', { ...one, data: Float32Array.of(weights.size) }]]),
        objective: ({ forward, taskLoss }) => {
          const { output } = forward();
          const count = variable('count', []);
          return {
            total: taskLoss(output),
            logits: output,
            metrics: {},
            updates: [{ variable: count, value: add(count, 1) }],
          };
        },
        beforeEpoch: async ({ write, epoch }) =>
          epoch === 2 ? write(new Map([['count', one]])) : undefined,
        afterEpoch: async ({ read, log, epoch }) => {
          seen.push((await read(['count'])).get('count')!.data[0]!);
          log(`after ${epoch}`);
        },
      }),
    });
    expect(seen).toEqual([4 + 5, 1 + 5]);
    expect(events.filter(({ type }) => type === 'notice')).toEqual([
      { type: 'notice', message: 'after 1' },
      { type: 'notice', message: 'after 2' },
    ]);
  });

  test('keep: best ends with the weights of the epoch that was best on the validation split', async () => {
    // The third epoch's rate destroys what the first two have learned.
    const schedule: TrainStage['schedule'] = ({ epoch }) => (epoch < 2 ? 1 : -5);
    const dataset = blobDataset({ validation: 12 });
    const best = await train({ dataset, stage: stage({ epochs: 4, schedule, keep: 'best' }) });
    const scores = epochs(best.events).map(({ evaluation }) => evaluation!);
    expect(scores[0]!.split).toBe('validation');
    const winner = scores.findIndex(
      ({ correct }) => correct === Math.max(...scores.map((score) => score.correct)),
    );
    expect(winner).toBeLessThan(2);
    expect(plain(best.weights)).toEqual(
      plain(
        new Map(
          [...best.weights.keys()].map((name) => [
            name,
            best.snapshots[winner]!.variables.get(name)!,
          ]),
        ),
      ),
    );
    expect(best.events.at(-1)).toMatchObject({
      type: 'notice',
      message: expect.stringContaining(`weights of epoch ${winner + 1}`),
    });
  });

  test('with startCompetes the weights from before can win', async () => {
    const network = tiny();
    const { weights } = await train({ network, stage: stage({ epochs: 20 }) });
    const spoilt = stage({ epochs: 1, keep: 'best', optimizer: sgd({ learningRate: 1000 }) });
    const kept = await train({ network, weights, stage: { ...spoilt, startCompetes: true } });
    expect(plain(kept.weights)).toEqual(plain(weights));
    expect(plain((await train({ network, weights, stage: spoilt })).weights)).not.toEqual(
      plain(weights),
    );
  });

  test('a frozen network is an error', async () => {
    await expect(
      train({ stage: stage({ adjust: () => ({ frozen: true }) }) }),
    ).rejects.toMatchObject({ code: 'NOTHING_TO_TRAIN' });
  });

  test('a variable without first value is an error that names it', async () => {
    const objective: TrainStage['objective'] = ({ forward, taskLoss }) => {
      const { output } = forward();
      return {
        total: add(taskLoss(output), sum(variable('mask', [2]))),
        logits: output,
        metrics: {},
        updates: [],
      };
    };
    await expect(train({ stage: stage({ objective }) })).rejects.toThrow(
      /"fit": the variable "mask" has no first value; expected float32 \[2\]/,
    );
  });

  test('data that do not fit the network are an error', async () => {
    const dataset = blobDataset();
    const other: Dataset = { ...dataset, info: { ...dataset.info, classes: 4 } };
    await expect(train({ dataset: other })).rejects.toThrow(
      /knows 3 classes; "blobs" has.*4 classes/,
    );
  });
});

describe('bad numbers', () => {
  const spoil = (
    change: (batch: { x: Float32Array; y: Int32Array }, index: number) => void,
  ): Dataset => {
    const dataset = blobDataset();
    return {
      ...dataset,
      async *batches(split, options) {
        let index = options.start ?? 0;
        for await (const batch of dataset.batches(split, options)) {
          if (split === 'train') change(batch, index);
          index++;
          yield batch;
        }
      },
    };
  };

  test('a label out of range: which example, which label, what was expected', async () => {
    const dataset = spoil(({ y }, index) => index === 2 && (y[4] = 3));
    await expect(train({ dataset })).rejects.toThrow(
      /Example 24 of this pass over the train split has the label 3; expected 0 to 2/,
    );
  });

  test('an image that is not a number: epoch, step, and that it was the image', async () => {
    const dataset = spoil(({ x }, index) => index === 3 && (x[5] = NaN));
    const failure = train({ dataset, stage: stage({ name: 'warm' }) });
    await expect(failure).rejects.toMatchObject({ code: 'NON_FINITE_LOSS' });
    await expect(failure).rejects.toThrow(
      /stage "warm", epoch 1, step 4, the objective is NaN.*the input "x"/,
    );
  });

  test('weights that overflow: the first layer with them, from before the spoilt update', async () => {
    const failure = train({
      stage: stage({
        optimizer: sgd({ learningRate: 1 }),
        schedule: ({ step }) => (step === 6 ? 1e39 : 1e-3),
        adjust: ({ layer }) => ({ frozen: layer !== 'fc2' }),
      }),
    });
    await expect(failure).rejects.toThrow(
      /epoch 2, step 3, .*the weights "fc2\.weight" of layer "fc2" \(\d+ of 15 numbers\)/,
    );
  });

  test('a regularizer that is not finite is not blamed on a layer', async () => {
    const objective: TrainStage['objective'] = ({ forward, taskLoss, network }) => {
      const { output, updates } = forward();
      const loss = taskLoss(output);
      const reg = log(mul(scalar(0), sum(square(network.parameters[0]!.variable))));
      return { total: add(loss, reg), logits: output, metrics: { loss }, updates };
    };
    await expect(train({ stage: stage({ objective }) })).rejects.toThrow(
      /step 1, the objective is -Infinity.*the result of "log" outside of the layers.*strength of the regularizer/,
    );
  });
});

describe('stopping and going on', () => {
  const dropped = () => tiny({ rate: 0.3 });
  const long = stage({ epochs: 4, keep: 'best', startCompetes: true });

  test('the signal stops after a step, with everything saved', async () => {
    const stop = new AbortController();
    const { engine } = watched((count) => count === 8 && stop.abort());
    const { interrupted, snapshots, events } = await train({ engine, signal: stop.signal });
    expect(interrupted).toBe(true);
    expect(events.at(-1)).toEqual({ type: 'checkpoint', path: 'snapshot 2' });
    const { position } = snapshots[1]!;
    expect(position).toMatchObject({ epoch: 1, phase: 'steps' });
    expect(position.means.count).toBe(10 * position.step);
  });

  test('goes on from any step to the same weights, events and best epoch', async () => {
    const network = dropped();
    const straight = await train({ network, stage: long });
    for (let stopAt = 1; stopAt <= 20; stopAt += 3) {
      const stop = new AbortController();
      const { engine } = watched((count) => count === stopAt && stop.abort());
      const first = await train({ network, stage: long, engine, signal: stop.signal });
      expect(first.interrupted).toBe(true);
      const resume = structuredClone(first.snapshots.at(-1)!);
      const second = await train({ network, stage: long, resume });
      expect(plain(second.weights)).toEqual(plain(straight.weights));
      const told = (events: readonly RunEvent[]) =>
        epochs(events).map((event) => ({ ...event, seconds: 0 }));
      expect([...told(first.events), ...told(second.events)]).toEqual(told(straight.events));
      expect(plain(second.snapshots.at(-1)!.variables)).toEqual(
        plain(straight.snapshots.at(-1)!.variables),
      );
    }
  });

  test('checkpoints within an epoch are exact too', async () => {
    const settings = { checkpointEvery: { steps: 2 } };
    const straight = await train({ stage: stage() });
    const often = await train({ settings });
    expect(often.snapshots.map(({ position }) => [position.epoch, position.step])).toEqual([
      [0, 2],
      [0, 4],
      [1, 0],
      [1, 2],
      [1, 4],
      [2, 0],
      [2, 2],
      [2, 4],
      [3, 0],
    ]);
    for (const resume of often.snapshots) {
      expect(plain((await train({ resume })).weights)).toEqual(plain(straight.weights));
    }
  });

  test('fewer checkpoints than epochs: the last epoch has one', async () => {
    const { snapshots } = await train({ settings: { checkpointEvery: { epochs: 2 } } });
    expect(snapshots.map(({ position }) => position.epoch)).toEqual([2, 3]);
  });

  test('an interrupted evaluation is made up for, and hooks run once', async () => {
    const stop = new AbortController();
    const calls: string[] = [];
    const hooks = stage({
      epochs: 2,
      beforeEpoch: ({ epoch }) => Promise.resolve(void calls.push(`before ${epoch}`)),
      afterEpoch: ({ epoch }) =>
        Promise.resolve(void (calls.push(`after ${epoch}`), epoch === 1 && stop.abort())),
    });
    const first = await train({ stage: hooks, signal: stop.signal });
    expect(first.snapshots.at(-1)!.position).toMatchObject({
      epoch: 0,
      phase: 'evaluate',
      step: 5,
    });
    const second = await train({ stage: hooks, resume: first.snapshots.at(-1)! });
    expect(calls).toEqual(['before 1', 'after 1', 'before 2', 'after 2']);
    expect(epochs(second.events).map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});
