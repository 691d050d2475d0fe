import { describe, expect, test } from '@jest/globals';
import { toTorchLayout } from '@pare/core';
import { constant, gradients, input, instantiate, mul, program, scalar, sum } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { pointOnLine } from '../line/point-on-line.ts';
import { fusedLayer } from '../testing/fused-layer.ts';
import { fillImages } from '../testing/name-fill.ts';
import { quantizeInput, rangeVariables } from './activation-range.ts';
import { topLevel } from './quantize.ts';
import { quantizedLayers } from './quantized-layers.ts';
import { quantizedState } from './quantized-state.ts';
import { quantizingRule } from './quantizing-rule.ts';
import type { CompressedState } from '@pare/core';
import type { Update } from '@pare/graph';

// Expected numbers come from the authors' code: 4 bits, no delay, loss sum(y·u) with numbers u of the generator.

const image = input('x', [2, 5, 5, 4]);
const x = { shape: [2, 5, 5, 4], data: fillImages(3, 2, [5, 5, 4]) };
const upstream = constant(fillImages(4, 2, [5, 5, 6]), [2, 5, 5, 6]);

/** A training pass: output, gradients by name in PyTorch's order, and all variables afterwards. */
function train({ network, weights }: CompressedState, alpha?: number) {
  const top = scalar(topLevel(4));
  const ranges: Update[] = [];
  const rule = quantizingRule(quantizedLayers(network), {
    top: () => top,
    input: (value, layer) => {
      const state = rangeVariables(network, layer.weight.layer);
      const quantized = quantizeInput(value, state, { top, delay: 0 });
      ranges.push(...quantized.updates);
      return quantized.value;
    },
  });
  const point = alpha === undefined ? new Map() : pointOnLine(network, scalar(alpha));
  const { output, updates } = instantiate(network, {
    mode: 'train',
    input: image,
    weights: point,
    rule,
  });
  const trained = network.parameters.filter(({ name }) => /^(conv|bn)\.weight/.test(name));
  const g = gradients(
    sum(mul(output, upstream)),
    trained.map(({ variable }) => variable),
  );
  const run = evaluate(
    program({
      outputs: { y: output, ...Object.fromEntries(trained.map(({ name }, i) => [name, g[i]!])) },
      updates: [...updates, ...ranges],
    }),
    { x },
    weights,
  );
  const after = new Map(
    network.parameters.map(({ name, shape }) => {
      const { data } = run.variables.get(name) ?? weights.get(name)!;
      return [name, { dtype: 'float32' as const, shape, data: Float32Array.from(data) }];
    }),
  );
  return {
    y: run.outputs.y!.data,
    gradient: (name: string) =>
      toTorchLayout(
        trained.find((p) => p.name === name)!,
        run.outputs[name]!.data,
      ),
    after: { network, weights: after },
  };
}

function evaluated({ network, weights }: CompressedState) {
  const { output } = instantiate(network, { mode: 'eval', input: image });
  return evaluate(program({ outputs: { y: output } }), { x }, weights).outputs.y!.data;
}

const sumOfSquares = (data: ArrayLike<number>) =>
  Array.from(data, (v) => v * v).reduce((a, b) => a + b);

/** To one part in 10,000. */
function expectNear(actual: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-4 * Math.max(Math.abs(value), 0.1));
  });
}

/** The first pixels of the first channel. */
const firstPixels = (y: ArrayLike<number>) => [0, 1, 2, 3].map((i) => y[6 * i]!);

const values = ({ weights }: CompressedState, name: string) => weights.get(name)!.data;

describe('a quantized convolution with its norm', () => {
  test('group norm', () => {
    const { y, gradient, after } = train(fusedLayer('group'));
    expectNear(firstPixels(y), [-0.08677181, -1.689512, -0.3795802, -0.3718748]);
    expectNear([sumOfSquares(y)], [288.6188]);
    expectNear(gradient('conv.weight'), [-0.2042364, 0.0256274, 0.2740776, 0.1285519]);
    expectNear([sumOfSquares(gradient('conv.weight'))], [322.6457]);
    expectNear(values(after, 'conv.running_min'), [-0.9971188]);
    expectNear(values(after, 'conv.running_max'), [0.9867342]);
  });

  test('batch norm, whose scale is folded into the quantized weight', () => {
    const { y, gradient, after } = train(fusedLayer('batch'));
    expectNear(firstPixels(y), [0.009642796, -1.745414, -0.2938633, -0.2806675]);
    expectNear([sumOfSquares(y)], [293.159]);
    expectNear(gradient('conv.weight'), [0.002872561, -0.08692268, 0.4109013, 0.4646793]);
    expectNear(values(after, 'bn.running_mean'), [0.01155035, 0.05126591, 0.0501714]);
    expectNear(values(after, 'bn.running_var'), [0.95987, 1.033635, 1.191755]);
    const plain = evaluated(
      quantizedState(after, { bits: 4, alpha: undefined, emptyRanges: false }),
    );
    expectNear(firstPixels(plain), [0.1176248, -2.448041, -0.1957389, -0.1173981]);
    expectNear([sumOfSquares(plain)], [814.2065]);
  });

  test('a line with group norm', () => {
    const { y, gradient } = train(fusedLayer('group', true), 0.25);
    expectNear(firstPixels(y), [-0.1137487, -1.863323, -0.3636879, -0.7001444]);
    expectNear([sumOfSquares(y)], [299.1856]);
    expectNear(gradient('conv.weight'), [-0.1789565]);
    expectNear(gradient('conv.weight1'), [-0.05965217]);
  });
});

// Written for this test in PyTorch; none are published.
test('the scale of a batch norm gets the gradients of its three uses', () => {
  const gradient = train(fusedLayer('batch')).gradient('bn.weight');
  expectNear(gradient, [-1.29405, 0.7337, 0.992662, 0.823406, 4.922035, 0.449974]);
});
