import { describe, expect, test } from '@jest/globals';
import { costReport, instantiate, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { evaluateNetwork } from '../evaluation/evaluate-network.ts';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { blobDataset } from '../testing/blob-dataset.ts';
import { lineMethod, secondEnd } from '../testing/line-method.ts';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { smallNetwork } from '../testing/small-experiment.ts';
import { watchSessions } from '../testing/watch-sessions.ts';
import { widthMethod } from '../testing/width-method.ts';
import { RunnableModel } from './runnable-model.ts';
import type { CompressedState, Method, TransformStage } from '../contracts/method.ts';
import type { RunnableModelOptions } from './runnable-model.ts';

const images = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));

const random = new SeededRandom(3);
const network = smallNetwork();
const state: CompressedState = { network, weights: initializeNetwork(network, random) };

/** The small network with a second end point, as the first stage of the line leaves it. */
function line(): Promise<CompressedState> {
  const context = { network, dataset: blobDataset().info };
  const [extend] = lineMethod().plan(context) as [TransformStage];
  return extend.run({ ...state, random: new SeededRandom(4), log: () => undefined });
}

const clock = { now: () => 0, monotonic: () => 0 };
const open = (method: Method, changes: Partial<RunnableModelOptions> = {}) =>
  RunnableModel.open({ ...state, engine: createReferenceEngine(), clock, method, ...changes });

/** Logits of a plain network in float64. */
function logitsOf({ network: plain, weights }: CompressedState): number[] {
  const { output } = instantiate(plain, { mode: 'eval' });
  const x = { shape: [3, 2, 2, 1], data: images };
  const { outputs } = evaluate(program({ outputs: { y: output } }), { x }, weights);
  return [...outputs.y!.data].map((logit) => Number(logit.toFixed(5)));
}

const predicted = async (model: RunnableModel) =>
  [...(await model.predict(images))].map((logit) => Number(logit.toFixed(5)));

describe('a model whose weights change with the setting', () => {
  test('opens at the first operating point, and predicts what the plain network there does', async () => {
    await using model = await open(lineMethod(), await line());
    expect(model.point).toEqual({ name: 'alpha 0.5', settings: { alpha: 0.5 } });
    const seen = new Set<string>();
    for (const setting of ['alpha 0.5', { alpha: 0.25 }, 'alpha 1', { alpha: 0 }]) {
      await model.at(setting);
      expect(await predicted(model)).toEqual(logitsOf(model.plain()));
      seen.add(String(await predicted(model)));
    }
    expect(seen.size).toBe(4);
    expect(await predicted(model)).toEqual(logitsOf(state));
    expect(model.plain().weights.has(secondEnd)).toBe(false);
  });

  test('writes weights into the session that is open', async () => {
    const { engine, seen } = watchSessions();
    await using model = await open(lineMethod(), { ...(await line()), engine });
    for (const alpha of [0, 0.1, 0.2]) await model.at({ alpha });
    expect(seen).toEqual({ opened: 1, disposed: 0, writes: 4 });
  });

  test('switches that were not waited for happen in their order', async () => {
    await using model = await open(lineMethod(), await line());
    const switched = [1, 0, 0.3].map((alpha) => model.at({ alpha }));
    const refused = model.at({ alpha: 7 });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_SETTING' });
    const points = (await Promise.all(switched)).map(({ point }) => point.name);
    expect(points).toEqual(['alpha 1', 'alpha 0', 'alpha 0.3']);
    expect(model.point.settings).toEqual({ alpha: 0.3 });
    expect(await predicted(model)).toEqual(logitsOf(model.plain()));
  });
});

describe('a model whose layers change their size with the setting', () => {
  const withoutDial = widthMethod('dial');

  test('with a dial program: one session, no weight is moved, and the numbers of the plain networks', async () => {
    const { engine, seen } = watchSessions();
    await using model = await open(widthMethod(), { engine });
    expect(model.point.name).toBe('units 3');
    for (const units of [3, 1, 5, 2, 4]) {
      await model.at({ units });
      expect(model.plain().weights.get('fc1.weight')!.shape).toEqual([4, units]);
      expect(await predicted(model)).toEqual(logitsOf(model.plain()));
    }
    expect(seen).toEqual({ opened: 1, disposed: 0, writes: 1 });
  });

  test('without one: a session for each size, and the one before is freed', async () => {
    const { engine, seen } = watchSessions();
    const model = await open(withoutDial, { engine });
    for (const units of [1, 5]) {
      await model.at({ units });
      expect(await predicted(model)).toEqual(logitsOf(model.plain()));
    }
    expect(seen).toEqual({ opened: 3, disposed: 2, writes: 3 });
    await model[Symbol.asyncDispose]();
    expect(seen.disposed).toBe(3);
  });

  test('counts what the plain network has', async () => {
    const weights = new Map(state.weights);
    weights.set('fc2.bias', { dtype: 'float32', shape: [3], data: new Float32Array(3) });
    await using model = await open(widthMethod(), { weights });
    await model.at({ units: 2 });
    const { parameters, macs } = costReport(smallNetwork(2));
    expect(model.size()).toEqual({ parameters, macs, nonzero: parameters - 3 });
  });

  test('where the next session cannot be opened it stays as it was', async () => {
    let opens = 0;
    const { engine, seen } = watchSessions(() => {
      if (++opens > 1) throw new Error('out of memory');
    });
    await using model = await open(withoutDial, { engine });
    const before = await predicted(model);
    await expect(model.at({ units: 1 })).rejects.toThrow('out of memory');
    expect(model.point.name).toBe('units 3');
    expect(await predicted(model)).toEqual(before);
    expect(seen.disposed).toBe(0);
  });

  test('where weights are missing it stays as it was, and leaves no session behind', async () => {
    const broken: Method = {
      ...withoutDial,
      at: (from, point) => {
        const { network: small, weights } = withoutDial.at(from, point);
        const partial = [...weights].filter(([name]) => name !== 'fc2.bias');
        return { network: small, weights: point.settings.units === 1 ? new Map(partial) : weights };
      },
    };
    const { engine, seen } = watchSessions();
    await using model = await open(broken, { engine });
    const before = await predicted(model);
    await expect(model.at({ units: 1 })).rejects.toMatchObject({ code: 'MISSING_VARIABLE' });
    expect(await predicted(model)).toEqual(before);
    expect(seen.opened - seen.disposed).toBe(1);
  });
});

describe('a model is evaluated at its setting', () => {
  const dataset = blobDataset({ validation: 9 });

  test.each([
    ['with a dial program', widthMethod()],
    ['with plain networks', widthMethod('dial')],
  ])('%s, to the result of the plain network', async (_name, method) => {
    const engine = createReferenceEngine();
    await using model = await open(method);
    for (const units of [1, 2, 5]) {
      await model.at({ units });
      for (const how of [{}, { split: 'validation', batchSize: 4 }] as const) {
        const plain = await evaluateNetwork({ engine, dataset, ...model.plain(), ...how });
        const result = await model.evaluate(dataset, how);
        expect(result).toMatchObject({ ...plain, loss: expect.closeTo(plain!.loss, 6) });
      }
    }
  });

  test('and a switch waits for the end of it', async () => {
    await using model = await open(widthMethod());
    const alone = await model.evaluate(dataset, { batchSize: 1 });
    const result = model.evaluate(dataset, { batchSize: 1 });
    const switched = model.at({ units: 1 });
    expect(await result).toEqual(alone);
    await switched;
    expect(await model.evaluate(dataset)).not.toEqual(alone);
  });

  test('gives nothing where the signal stops it, and refuses other data', async () => {
    await using model = await open(widthMethod());
    const signal = AbortSignal.abort();
    expect(await model.evaluate(dataset, { signal })).toBeUndefined();
    const other = { ...dataset, info: { ...dataset.info, classes: 4 } };
    await expect(model.evaluate(other)).rejects.toMatchObject({ code: 'DATASET_MISMATCH' });
  });
});
