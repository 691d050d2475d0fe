import { describe, expect, test } from '@jest/globals';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { blobDataset } from '../testing/blob-dataset.ts';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { smallNetwork } from '../testing/small-experiment.ts';
import { watchSessions } from '../testing/watch-sessions.ts';
import { widthMethod } from '../testing/width-method.ts';
import { RunnableModel } from './runnable-model.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Method } from '../contracts/method.ts';
import type { Setting } from './find-point.ts';

const images = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
const network = smallNetwork();
const state = { network, weights: initializeNetwork(network, new SeededRandom(3)) };
const stopped = { now: () => 0, monotonic: () => 0 };

interface Changes {
  readonly method?: Method;
  readonly engine?: Engine;
  readonly clock?: typeof stopped;
}

const open = (changes: Changes = {}) =>
  RunnableModel.open({
    ...state,
    engine: createReferenceEngine(),
    method: widthMethod(),
    clock: stopped,
    ...changes,
  });

describe('a setting that the model does not have', () => {
  const whole = 'must be a whole number from 1 to 5, the range the model was trained for; received';

  test.each<[string, Setting, string, string]>([
    ['above the range', { units: 6 }, 'BAD_SETTING', `${whole} 6.`],
    ['below the range', { units: 0 }, 'BAD_SETTING', `${whole} 0.`],
    ['between whole numbers', { units: 2.5 }, 'BAD_SETTING', `${whole} 2.5.`],
    ['no number', { units: NaN }, 'BAD_SETTING', `${whole} NaN.`],
    [
      'unknown',
      { unit: 2 },
      'UNKNOWN_SETTING',
      'The model has no setting "unit". Did you mean "units"? It has: units.',
    ],
    ['one too many', { units: 2, bits: 4 }, 'UNKNOWN_SETTING', 'no setting "bits". It has: units.'],
    [
      'missing',
      {},
      'UNKNOWN_SETTING',
      'needs a value for "units" (hidden units), from 1 to 5; received none.',
    ],
    [
      'an unknown point',
      'all',
      'UNKNOWN_POINT',
      'has no operating point "all". It has: units 3, units 5, units 1. And it runs at any units from 1 to 5.',
    ],
  ])('(%s) is refused, and the model stays as it was', async (_name, setting, code, message) => {
    await using model = await open();
    await model.at({ units: 2 });
    const before = await model.predict(images);
    const refused = model.at(setting);
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.toThrow(message);
    expect(model.point).toEqual({ name: 'units 2', settings: { units: 2 } });
    expect(await model.predict(images)).toEqual(before);
  });

  test('is any number where there is no dial; named points are still there', async () => {
    await using model = await open({ method: widthMethod('dial', 'dials') });
    await expect(model.at({ units: 1 })).rejects.toThrow(
      'no setting "units". It runs at its operating points only: units 3, units 5, units 1.',
    );
    await model.at('units 1');
    expect(model.size().macs).toBe(4 + 3);
    expect((await model.at({})).point.name).toBe('units 3');
  });

  test('does not exist for a result that runs in one way: its default has a name', async () => {
    const plain: Method = {
      name: 'plain',
      paper: 'none',
      plan: () => [],
      report: () => ({ values: {}, tables: [] }),
      operatingPoints: () => [],
    };
    await using model = await open({ method: plain });
    expect(model.point).toEqual({ name: 'default', settings: {} });
    await expect(model.at({ units: 1 })).rejects.toThrow('It runs in one way only.');
    expect(model.plain().weights).toBe(state.weights);
  });

  test('may be an operating point beyond the range, by its name', async () => {
    const narrow = { name: 'units', from: 2, to: 5, whole: true, description: 'hidden units' };
    await using model = await open({ method: { ...widthMethod(), dials: () => [narrow] } });
    expect((await model.at('units 1')).point.settings).toEqual({ units: 1 });
    await expect(model.at({ units: 1 })).rejects.toMatchObject({ code: 'BAD_SETTING' });
  });
});

describe('images', () => {
  test.each([0, 3, 13])('of %d numbers are an error that says what fits', async (length) => {
    await using model = await open();
    const failed = model.predict(new Float32Array(length));
    await expect(failed).rejects.toMatchObject({ code: 'BAD_IMAGES' });
    await expect(failed).rejects.toThrow(`[2, 2, 1], 4 numbers each; received ${length} numbers.`);
  });

  test('stay as they are where the engine takes over what it is fed', async () => {
    const engine = createReferenceEngine();
    const taking: Engine = {
      ...engine,
      async open(programs) {
        const session = await engine.open(programs);
        return {
          ...session,
          async run(name, feeds) {
            const outputs = await session.run(name, feeds);
            for (const { data } of Object.values(feeds)) data.fill(0);
            return outputs;
          },
        };
      },
    };
    await using model = await open({ engine: taking });
    const first = await model.predict(images);
    expect(await model.predict(images)).toEqual(first);
  });
});

test('a switch and single runs are timed by the clock', async () => {
  let now = 0;
  let step = 0;
  // Every look at the clock is later by 1, 2, 3, ... milliseconds.
  const clock = { now: () => 0, monotonic: () => (now += ++step) };
  await using model = await open({ clock });
  expect((await model.at({ units: 1 })).milliseconds).toBe(2);
  // Five runs that do not count look once each; the others take 9, 11, 13 and 15.
  expect(await model.latency({ runs: 4, batchSize: 2 })).toEqual({
    median: 12,
    least: 9,
    greatest: 15,
    runs: 4,
    batchSize: 2,
  });
});

describe('a model that was disposed of', () => {
  test('frees its session once and refuses everything else', async () => {
    const { engine, seen } = watchSessions();
    const model = await open({ engine });
    await model[Symbol.asyncDispose]();
    await model[Symbol.asyncDispose]();
    expect(seen).toMatchObject({ opened: 1, disposed: 1 });
    for (const use of [
      () => model.at({ units: 1 }),
      () => model.predict(images),
      () => model.latency(),
      () => model.evaluate(blobDataset()),
    ]) {
      await expect(use()).rejects.toMatchObject({ code: 'DISPOSED' });
    }
    expect(seen.opened).toBe(1);
  });

  test('in the middle of a switch leaves no session open', async () => {
    let started: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const waiting = new Promise<void>((done) => (started = done));
    let opens = 0;
    const { engine, seen } = watchSessions(() => {
      if (++opens === 1) return;
      started();
      return new Promise((done) => (goOn = done));
    });
    const model = await open({ engine, method: widthMethod('dial') });
    const switching = model.at({ units: 1 });
    await waiting;
    await model[Symbol.asyncDispose]();
    goOn();
    await expect(switching).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(seen).toMatchObject({ opened: 2, disposed: 2 });
  });
});
