import { describe, expect, test } from '@jest/globals';
import { addParameters, costReport, nameOf, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { imageNetworks } from '../testing/image-networks.ts';
import { outputsOf } from '../testing/outputs-of.ts';
import { filled } from '../testing/slimmable-networks.ts';
import { imageFor, stepMetrics, trainingLoss, trainingStage } from '../testing/training-passes.ts';
import { slimNetwork } from './network-at.ts';
import type { CompressedState, Method } from '@pare/core';
import type { ImageNorm } from '../testing/image-networks.ts';

/** A network with random weights, extended as its method wants, and all warnings. */
function prepare(name: string, variant: string, norm: ImageNorm) {
  const options = lcsOptions.parse({ variant, widths: [0.2, 0.4], widthSamples: 3 });
  const warnings: string[] = [];
  const method = lcsMethod(options, { warn: (message) => warnings.push(message) });
  const plain = imageNetworks[name]!(norm);
  const stage = trainingStage(method, plain);
  const added = regimeOf(lcsSettings(options, plain.name)).added(plain);
  return { method, stage, state: filled(addParameters(plain, added)), warnings };
}

const at = (method: Method, state: CompressedState, width: number) =>
  method.at!(state, { name: '', settings: { width } });

/** Logits of the dial program, and of the plain network. */
function bothLogits(method: Method, state: CompressedState, width: number) {
  const dial = method.dial!(state);
  const { input } = state.network;
  const forward = program({
    outputs: { y: dial.instance.output },
    inputs: [input, ...dial.inputs],
  });
  const feeds = { [nameOf(input)]: imageFor(state.network), ...dial.feeds({ width }) };
  const { y } = evaluate(forward, feeds, state.weights).outputs;
  return [[...y!.data], outputsOf(at(method, state, width), 1)] as const;
}

const names = Object.keys(imageNetworks);
const cases: readonly (readonly [name: string, variant: string, norm: ImageNorm])[] = [
  ...names.map((name) => [name, 'lcs-l', 'instance'] as const),
  ...names
    .filter((name) => /zero|vgg|depthwise/.test(name))
    .map((name) => [name, 'us', 'batch'] as const),
];

describe.each(cases)('%s with %s and %s norm', (name, variant, norm) => {
  const { method, stage, state, warnings } = prepare(name, variant, norm);

  test('is the same at a width in the program of all widths, cut on the host, and in training', () => {
    const [dialed, expected] = bothLogits(method, state, 0.3);
    const scale = Math.max(...expected.map(Math.abs));
    expect(dialed.map((value) => value / scale)).toEqual(
      expected.map((value) => expect.closeTo(value / scale, 4)),
    );
    // Both ends and a random width: 0.2 + 0.6 · 0.2.
    const metrics = stepMetrics(state, stage, 0.6);
    const losses = [0.2, 0.4, 0.32].map((width) => trainingLoss(at(method, state, width)));
    expect(
      ['loss at 0.2', 'loss at 0.4', 'loss at random widths'].map((key) => metrics[key]),
    ).toEqual(losses.map((loss) => expect.closeTo(loss, 3)));
  });

  test('says which layers cannot change', () => {
    if (!name.includes('zero channels')) expect(warnings).toEqual([]);
    else {
      expect(warnings).toEqual([
        expect.stringMatching(
          /^lcs: 10 layers keep their number of outputs at every width \(conv1, layer1.0.conv2, .* and 7 more\): they are added to channels/,
        ),
      ]);
    }
  });
});

describe('multiply-adds', () => {
  const share = (name: string, width: number) => {
    const network = imageNetworks[name]!('batch');
    return costReport(slimNetwork(network, width).network).macs / costReport(network).macs;
  };

  test.each(names.slice(0, -1))('of %s fall as they should', (name) => {
    // The convolutions between two that keep their width are half as many with half the width.
    const power = name.includes('zero channels') ? 1 : 2;
    for (const width of [0.5, 0.25]) {
      expect(share(name, width)).toBeGreaterThanOrEqual(width ** power * 0.99);
      expect(share(name, width)).toBeLessThan(width ** power * 1.06);
    }
  });

  test('of depthwise filters fall as the width, those of the 1 x 1 convolutions as its square', () => {
    expect(share('depthwise convolutions', 0.5)).toBeGreaterThan(0.3);
    expect(share('depthwise convolutions', 0.5)).toBeLessThan(0.4);
  });
});
