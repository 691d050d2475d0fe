import { expect } from '@jest/globals';
import { instantiate, nameOf, networkToJson, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { RunnableModel } from '../runnable/runnable-model.ts';
import { stateAt } from '../runnable/state-at.ts';
import { blobDataset } from './blob-dataset.ts';
import { failure } from './failure.ts';
import { createReferenceEngine } from './reference-engine.ts';
import type { CompressedState, Dial, Method, OperatingPoint } from '../contracts/method.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { BriefResult } from './train-briefly.ts';

/** Difference of logits, relative to the largest one, that rounding to 32 bits may make. */
const tolerance = 1e-4;

/**
 * The laws of operating points and dials, with jest's `expect`: names and settings are in order; at every operating point and
 * all along every dial the plain network runs, and the dial program gives its numbers; settings beyond a dial are refused; the
 * first point is what a run states; `at` changes nothing that it is given.
 */
export async function checkOperatingPoints(method: Method, result: BriefResult): Promise<void> {
  const state: CompressedState = { network: result.network, weights: result.weights };
  const before = copyOf(state.weights);
  const points = method.operatingPoints(state);
  const dials = method.dials?.(state) ?? [];
  expectPoints(points, dials);
  for (const dial of dials) expectDial(dial);
  expect('at' in method || dials.length === 0).toBe(true);
  if (method.dial) expect(dials).not.toEqual([]);
  else expectSameNetworks(points.map((point) => stateAt(method, state, point)));

  const images = await blobImages();
  const clock = { now: () => 0, monotonic: () => 0 };
  await using model = await RunnableModel.open({
    ...state,
    engine: createReferenceEngine(),
    method,
    clock,
  });
  expect(model.point).toEqual(points[0]);
  expect(await model.evaluate(blobDataset())).toMatchObject({
    correct: result.evaluation.correct,
    loss: expect.closeTo(result.evaluation.loss, 3),
  });
  for (const { name } of points) await expectAgreement(model, name, images);
  for (const setting of settingsAlong(dials, points[0]!)) {
    await expectAgreement(model, setting, images);
  }
  await expectRefusals(model, dials, images);
  expect(copyOf(state.weights)).toEqual(before);
}

function expectPoints(points: readonly OperatingPoint[], dials: readonly Dial[]): void {
  expect(points.length).toBeGreaterThan(0);
  expect(new Set(points.map(({ name }) => name)).size).toBe(points.length);
  expect(new Set(dials.map(({ name }) => name)).size).toBe(dials.length);
  for (const { name, settings } of points) {
    expect(name).toMatch(/\S/);
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(dials.map((dial) => dial.name)));
    for (const value of Object.values(settings)) expect(Number.isFinite(value)).toBe(true);
  }
}

function expectDial({ name, from, to, whole, description }: Dial): void {
  expect(name).toMatch(/^[A-Za-z][\w-]*$/);
  expect(description).toMatch(/^\S.*\S$/);
  expect(from).toBeLessThanOrEqual(to);
  const isFine = (end: number) => Number.isFinite(end) && (!whole || Number.isInteger(end));
  expect([from, to].filter((end) => !isFine(end))).toEqual([]);
}

/** Where only weights differ, the network is one object, so that a switch opens nothing. */
function expectSameNetworks(states: readonly CompressedState[]): void {
  const networks = [...new Set(states.map(({ network }) => network))];
  const texts = new Set(networks.map((network) => JSON.stringify(networkToJson(network))));
  if (texts.size === 1) expect(networks).toHaveLength(1);
}

/** Both ends and the middle of each dial, the others where the first point has them. */
function settingsAlong(dials: readonly Dial[], { settings }: OperatingPoint) {
  const rest = Object.fromEntries(dials.map(({ name }) => [name, settings[name]!]));
  return dials.flatMap(({ name, from, to, whole }) => {
    const middle = whole ? Math.floor((from + to) / 2) : (from + to) / 2;
    return [from, middle, to].map((value) => ({ ...rest, [name]: value }));
  });
}

async function expectAgreement(
  model: RunnableModel,
  setting: string | Record<string, number>,
  images: Float32Array,
): Promise<void> {
  await model.at(setting);
  const logits = [...(await model.predict(images))];
  expect(logits.filter((logit) => !Number.isFinite(logit))).toEqual([]);
  const expected = plainLogits(model.plain(), images);
  expect(logits).toHaveLength(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(...logits.map((logit, i) => Math.abs(logit - expected[i]!))) / scale;
  expect({ setting, difference: worst > tolerance ? worst : 'none' }).toEqual({
    setting,
    difference: 'none',
  });
}

/** Logits of a plain network in float64. */
function plainLogits({ network, weights }: CompressedState, images: Float32Array): number[] {
  const { input, output } = instantiate(network, { mode: 'eval' });
  const shape = [images.length / 4, ...(network.input.shape.slice(1) as number[])];
  const { outputs } = evaluate(
    program({ outputs: { y: output } }),
    { [nameOf(input)]: { shape, data: images } },
    weights,
  );
  return [...outputs.y!.data] as number[];
}

async function expectRefusals(
  model: RunnableModel,
  dials: readonly Dial[],
  images: Float32Array,
): Promise<void> {
  const point = model.point;
  const before = await model.predict(images);
  const rest = Object.fromEntries(dials.map(({ name, from }) => [name, from]));
  for (const { name, from, to } of dials) {
    for (const value of [from - 1, to + 1, Number.NaN]) {
      const refused = await failure(() => model.at({ ...rest, [name]: value }));
      expect(refused).toMatchObject({ code: 'BAD_SETTING' });
    }
  }
  const unknown = await failure(() => model.at({ ...rest, 'not a dial': 1 }));
  expect(unknown).toMatchObject({ code: 'UNKNOWN_SETTING' });
  expect(model.point).toEqual(point);
  expect(await model.predict(images)).toEqual(before);
}

async function blobImages(): Promise<Float32Array> {
  for await (const { x } of blobDataset().batches('test', { batchSize: 8 })) return x;
  throw new Error('blobDataset has no test split');
}

const copyOf = (weights: Tensors) =>
  new Map([...weights].map(([name, { data }]) => [name, [...data]]));
