import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadArtifact, saveArtifact } from '@pare/core';
import { constant, instantiate } from '@pare/graph';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { pointOnLine } from '../line/point-on-line.ts';
import { floatScalar } from '../scalars.ts';
import { objectivePass } from '../testing/objective-pass.ts';
import { quantizedSmallNetwork } from '../testing/quantized-small-network.ts';
import { runOutput } from '../testing/run-output.ts';
import { rangeVariables } from './activation-range.ts';
import { pointOf } from './bit-map.ts';
import { quantize, scaleOf, topLevel } from './quantize.ts';
import { quantizedLayers } from './quantized-layers.ts';
import { alphaInput, topInput } from './quantized-objective.ts';
import { quantizingRule } from './quantizing-rule.ts';
import type { CompressedState, Engine, Method } from '@pare/core';
import type { SmallNetworkOptions } from '../testing/small-network.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createTensorFlowEngine();
}, 60_000);
afterAll(() => engine.dispose());

/** A line after one training pass with the given bits, which has set the ranges: its logits, and how to run it. */
async function trained(norm: NonNullable<SmallNetworkOptions['norm']>, bits: number) {
  const { method, stage, state } = quantizedSmallNetwork(norm);
  const alpha = floatScalar(pointOf(bits, [3, 8]));
  const feeds = { [alphaInput]: alpha, [topInput()]: floatScalar(topLevel(bits)) };
  const { logits, after } = await objectivePass(engine, state, { stage, feeds });
  return { logits, after, at: atOf(method, after) };
}

const atOf = (method: Method, state: CompressedState) => (bits: number) =>
  method.at!(state, { name: '', settings: { bits } });

describe('the plain network at a number of bits', () => {
  test.each([
    ['group', 3],
    ['group', 8],
    ['instance', 5],
  ] as const)(
    'computes what training computed: %s norm, %s bits',
    async (norm, bits) => {
      const { logits, at } = await trained(norm, bits);
      expect(await runOutput(engine, at(bits))).toEqual(logits);
    },
    60_000,
  );

  test('computes with batch norm what the training graph computes in evaluation', async () => {
    const bits = 4;
    const { after, at } = await trained('batch', bits);
    const { network } = after;
    const top = constant([topLevel(bits)], []);
    const rule = quantizingRule(quantizedLayers(network), {
      top: () => top,
      input: (x, { weight }) => quantize(x, scaleOf(rangeVariables(network, weight.layer), top)),
    });
    const weights = pointOnLine(network, constant([pointOf(bits, [3, 8])], []));
    const { output } = instantiate(network, { mode: 'eval', weights, rule });
    const expected = await runOutput(engine, after, output);
    const actual = await runOutput(engine, at(bits));
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  }, 60_000);

  test('depends on the bits', async () => {
    const { at } = await trained('group', 8);
    expect(await runOutput(engine, at(3))).not.toEqual(await runOutput(engine, at(8)));
  }, 60_000);

  test('has weights at no more than 2^b levels, but for the first and the last layer', async () => {
    const { at } = await trained('group', 8);
    const levels = (name: string) => new Set(at(3).weights.get(name)!.data).size;
    expect(levels('conv2.weight')).toBeLessThanOrEqual(8);
    expect(levels('conv3.weight')).toBeLessThanOrEqual(8);
    expect(levels('conv1.weight')).toBe(108);
    expect(levels('fc.weight')).toBe(40);
  }, 60_000);

  test('has the numbers of its input quantizers as parameters, and nothing of the training', async () => {
    const { at } = await trained('group', 8);
    const { parameters } = at(3).network;
    const state = parameters.filter(({ role }) => role === 'state');
    expect(state.map(({ name }) => name)).toEqual(
      ['conv2', 'conv3'].flatMap((layer) =>
        ['scale', 'inverse_scale', 'first_level', 'last_level'].map(
          (what) => `${layer}.input_${what}`,
        ),
      ),
    );
    expect(state.every(({ trainable }) => !trainable)).toBe(true);
    expect(parameters.filter(({ name }) => /weight1|bias1|running/.test(name))).toEqual([]);
  }, 60_000);

  test('is the same object for all bits, so that a switch writes weights only', async () => {
    const { at } = await trained('group', 8);
    expect(at(3).network).toBe(at(8).network);
  }, 60_000);

  test('can be saved, loaded and run', async () => {
    const { at } = await trained('batch', 5);
    const folder = await mkdtemp(join(tmpdir(), 'pare-lcs-'));
    const facts = { method: 'lcs', operatingPoints: [], recipe: {}, metrics: {}, versions: {} };
    await saveArtifact(join(folder, 'model'), { ...at(5), ...facts });
    const loaded = await loadArtifact(join(folder, 'model'));
    await rm(folder, { recursive: true });
    expect(await runOutput(engine, loaded)).toEqual(await runOutput(engine, at(5)));
  }, 60_000);
});

describe('weights that cannot be quantized', () => {
  const { method, state } = quantizedSmallNetwork('batch');
  const changed = (name: string, value: number) => {
    const tensor = state.weights.get(name)!;
    const data = Float32Array.from(tensor.data).fill(value, 2, 3);
    return { ...state, weights: new Map([...state.weights, [name, { ...tensor, data }]]) };
  };

  test('a scale of 0 in the batch norm behind a quantized layer', () => {
    expect(() => atOf(method, changed('bn2.weight', 0))(4)).toThrow(
      /"bn2.weight" is 0 for channel 2; the scale of a batch norm/,
    );
  });

  test('NaN', () => {
    expect(() => atOf(method, changed('conv2.weight', NaN))(4)).toThrow(
      /cannot quantize "conv2.weight": element 2 is NaN/,
    );
  });
});
