import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, addParameters, nameOf, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { createLenet300100, createLenet5 } from '@pare/models';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import { regimeOf } from './regime-of.ts';
import { lcsSettings } from './settings.ts';
import { outputsOf } from './testing/outputs-of.ts';
import { filled } from './testing/slimmable-networks.ts';
import { imageFor, trainingStage } from './testing/training-passes.ts';
import { withRanges } from './testing/with-ranges.ts';
import type { CompressedState } from '@pare/core';
import type { Network } from '@pare/graph';

// Networks without norms: whatever does not lie on norms works with them.

const task = { imageShape: [28, 28, 1], classes: 10 } as const;
const lenet5 = createLenet5().build(new NetworkBuilder(), task);
const lenet300 = createLenet300100().build(new NetworkBuilder(), task);

/** The method on a network with random weights, and what is announced. */
function prepare(network: Network, options: object) {
  const warnings: string[] = [];
  const chosen = lcsOptions.parse(options);
  const method = lcsMethod(chosen, { warn: (message) => warnings.push(message) });
  trainingStage(method, network);
  const added = regimeOf(lcsSettings(chosen, network.name)).added(network);
  return { method, state: withRanges(filled(addParameters(network, added))), warnings };
}

const zeros = ({ weights }: CompressedState, name: string) =>
  [...weights.get(name)!.data].filter((w) => w === 0).length;

describe.each([
  ['lenet-5', lenet5],
  ['lenet-300-100', lenet300],
])('%s', (_name, network) => {
  test.each(['lcs-p', 'us', 'ns'])('has any width with %s, dense layers too', (variant) => {
    const { method, state, warnings } = prepare(network, { variant });
    expect(warnings).toEqual([]);
    const dial = method.dial!(state);
    const forward = program({
      outputs: { y: dial.instance.output },
      inputs: [network.input, ...dial.inputs],
    });
    const settings = { width: 0.37 };
    const feeds = { [nameOf(network.input)]: imageFor(network), ...dial.feeds(settings) };
    const { y } = evaluate(forward, feeds, state.weights).outputs;
    const expected = outputsOf(method.at!(state, { name: '', settings }), 1);
    const scale = Math.max(...expected.map(Math.abs));
    expect([...y!.data].map((value) => value / scale)).toEqual(
      expected.map((value) => expect.closeTo(value / scale, 5)),
    );
  });

  test.each([
    ['lcs-l', /the line of the setting "structured" is one of norms.*or use the variant "lcs-p"/],
    ['lec', /prunes channels by the scales of batch norms; .* has none/],
  ])('has no norms, which structured %s needs', (variant, message) => {
    expect(() => prepare(network, { variant })).toThrow(message);
  });
});

describe('the setting "unstructured"', () => {
  const options = { setting: 'unstructured', variant: 'lcs-l' };
  const settings = { keep: 0.1 };

  test('prunes convolutions and dense layers between the first and the last of lenet-5', () => {
    const { method, state, warnings } = prepare(lenet5, options);
    expect(warnings).toEqual([]);
    const there = method.at!(state, { name: '', settings });
    const names = ['conv1', 'conv2', 'fc1', 'fc2'].map((layer) => `${layer}.weight`);
    expect(names.map((name) => zeros(there, name))).toEqual([0, 22_500, 360_000, 0]);
  });

  test('says how little that is in lenet-300-100', () => {
    const { method, state, warnings } = prepare(lenet300, options);
    expect(warnings).toEqual([
      'lcs: the first and the last layer keep all their weights; in "lenet-300-100" these are 88 % of all, so that no level leaves fewer.',
    ]);
    const there = method.at!(state, { name: '', settings });
    const names = ['fc1', 'fc2', 'fc3'].map((layer) => `${layer}.weight`);
    expect(names.map((name) => zeros(there, name))).toEqual([0, 27_000, 0]);
  });
});

test('the setting "quantized" announces that no layer has a norm behind it', () => {
  const { method, state, warnings } = prepare(lenet5, { setting: 'quantized', warmUpBudget: 0 });
  expect(warnings).toEqual([
    expect.stringMatching(/2 of 2 quantized layers of "lenet-5" have no norm .* \(conv2, fc1\)/),
  ]);
  const there = method.at!(state, { name: '', settings: { bits: 3 } });
  for (const [name, most] of [
    ['conv1', 501],
    ['conv2', 8],
    ['fc1', 8],
  ] as const) {
    const values = new Set(there.weights.get(`${name}.weight`)!.data);
    expect(values.size).toBeLessThanOrEqual(most);
    expect(values.size).toBeGreaterThan(3);
  }
});
