import { describe, expect, test } from '@jest/globals';
import {
  NetworkBuilder,
  addParameters,
  constant,
  flatten,
  instantiate,
  program,
  relu,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { lcsMethod } from '../lcs-method.ts';
import { pointOnLine } from '../line/point-on-line.ts';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { uniformFill } from '../testing/name-fill.ts';
import { outputsOf } from '../testing/outputs-of.ts';
import { filled } from '../testing/slimmable-networks.ts';
import { withRanges } from '../testing/with-ranges.ts';
import { rangeVariables } from './activation-range.ts';
import { quantize, scaleOf, topLevel } from './quantize.ts';
import { quantizedLayers } from './quantized-layers.ts';
import { quantizingRule } from './quantizing-rule.ts';
import type { CompressedState } from '@pare/core';
import type { Network, Value } from '@pare/graph';

type Norm = 'batchNorm' | 'groupNorm';

/** Depthwise filters; a bias before a norm; a dense layer without one; a convolution before a sum. */
function network(norm: Norm): Network {
  const b = new NetworkBuilder();
  const normalize = (name: string, y: Value) =>
    norm === 'batchNorm' ? b.batchNorm(name, y) : b.groupNorm(name, y, { groups: 2 });
  const x = b.input([4, 4, 3]);
  const stem = relu(normalize('n0', b.conv2d('stem', x, { kernel: 1, filters: 4, bias: false })));
  const depth = b.depthwiseConv2d('depth', stem, {
    kernel: 3,
    padding: 1,
    bias: false,
  });
  const one = relu(normalize('n1', depth));
  const two = relu(normalize('n2', b.conv2d('biased', one, { kernel: 3, strides: 2, filters: 6 })));
  const bare = relu(b.conv2d('bare', two, { kernel: 1, filters: 5 }));
  const hidden = relu(b.dense('fc1', flatten(bare), { units: 7 }));
  return b.build('any', x, b.dense('fc2', hidden, { units: 3 }));
}

/** Logits by the program that training has, with the ranges that the state has. */
function trainedOutputs({ network, weights }: CompressedState, bits: number, alpha?: number) {
  const top = constant([topLevel(bits)], []);
  const rule = quantizingRule(quantizedLayers(network), {
    top: () => top,
    input: (x, { weight }) => quantize(x, scaleOf(rangeVariables(network, weight.layer), top)),
  });
  const point = alpha === undefined ? undefined : pointOnLine(network, constant([alpha], []));
  const { output } = instantiate(network, { mode: 'eval', rule, ...(point && { weights: point }) });
  const x = { shape: [2, 4, 4, 3], data: uniformFill(5, 96) };
  return evaluate(program({ outputs: { y: output } }), { x }, weights).outputs.y!.data;
}

describe.each<[string, Norm, number?]>([
  ['target-bit-width', 'batchNorm'],
  ['lcs-p', 'groupNorm'],
  ['lcs-l', 'groupNorm', 1 / 3],
])('%s with %s', (variant, norm, alpha) => {
  const bits = variant === 'target-bit-width' ? 6 : ([3, 5] as const);
  const options = lcsOptions.parse({ setting: 'quantized', variant, bits });
  const plain = network(norm);
  const added = regimeOf(lcsSettings(options, plain.name)).added(plain);
  const state = withRanges(filled(addParameters(plain, added)));

  test('every layer between the first and the last is quantized', () => {
    const names = quantizedLayers(state.network).map(({ weight }) => weight.name);
    expect(names).toEqual(['depth.weight', 'biased.weight', 'bare.weight', 'fc1.weight']);
    const there = lcsMethod(options).at!(state, { name: '', settings: { bits: 3 } });
    for (const name of names) {
      const levels = new Set(there.weights.get(name)!.data);
      expect(levels.size).toBeLessThanOrEqual(8);
    }
  });

  test('the plain network gives what training computes with', () => {
    const there = lcsMethod(options).at!(state, { name: '', settings: { bits: 3 } });
    const expected = trainedOutputs(state, 3, alpha);
    const actual = outputsOf(there);
    expect(actual).toHaveLength(6);
    const scale = Math.max(...expected.map(Math.abs));
    actual.forEach((value, i) => expect(value / scale).toBeCloseTo(expected[i]! / scale, 5));
  });
});
