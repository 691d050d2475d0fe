import { describe, expect, test } from '@jest/globals';
import { fromTorchLayout, toTorchLayout } from '@pare/core';
import {
  NetworkBuilder,
  addParameters,
  constant,
  gradients,
  input,
  instantiate,
  mul,
  program,
  sum,
  zeros,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { pointOnLine } from '../line/point-on-line.ts';
import { fillImages, uniformFill } from '../testing/name-fill.ts';
import { keepLargest, keptCount } from './top-k.ts';

// Expected numbers come from the authors' code: a convolution of 2 to 3 channels at a = 0.3 that keeps a half.

const b = new NetworkBuilder();
const x = b.input([4, 4, 2]);
const layer = { kernel: 3, filters: 3, padding: 1, bias: false } as const;
const plain = b.build('conv', x, b.conv2d('conv', x, layer));
const [first] = plain.parameters;
const network = addParameters(plain, [{ ...first!, name: 'conv.weight1', initializer: zeros }]);
const [weight, weight1] = network.parameters;

const point = pointOnLine(network, input('alpha', [])).get('conv.weight')!;
const sparse = keepLargest(point, constant([keptCount(0.5, 54)], [], 'int32'));
const { output: y } = instantiate(network, {
  mode: 'eval',
  weights: new Map([['conv.weight', sparse]]),
});
// Images of one channel group have the order of maps: the same rearrangement serves the outputs.
const slope = constant(fillImages(4, 1, [4, 4, 3]), [1, 4, 4, 3]);
const [g, g1] = gradients(sum(mul(y, slope)), [weight!.variable, weight1!.variable]);

const { outputs } = evaluate(
  program({ outputs: { y, g: g!, g1: g1! } }),
  {
    x: { shape: [1, 4, 4, 2], data: fillImages(3, 1, [4, 4, 2]) },
    alpha: { shape: [], data: [0.3] },
  },
  new Map(
    [weight!, weight1!].map((parameter, i) => [
      parameter.name,
      { shape: parameter.shape, data: fromTorchLayout(parameter, uniformFill(i + 1, 54)) },
    ]),
  ),
);

const total = (data: Iterable<number>) => [...data].reduce((a, c) => a + c, 0);
const close = (data: ArrayLike<number>, expected: readonly number[]) =>
  expected.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 5));

describe('a sparse convolution on a line', () => {
  test('is pruned after the ends are mixed', () => {
    // The first channel of the result.
    const channel = Array.from({ length: 16 }, (_, pixel) => outputs.y!.data[3 * pixel]!);
    close(channel, [-0.06691903, -0.4035049, -0.7236794, -0.6307631, 0.3704928, -0.1058869]);
    expect(total(outputs.y!.data)).toBeCloseTo(3.420046, 4);
  });

  test('hands its gradient on to both ends, but not for weights that are zero', () => {
    const gradient = toTorchLayout(weight!, outputs.g!.data);
    close(gradient, [0.171471, -0.9004458, 0, 0.7668493, 0.6471871]);
    expect(total(gradient)).toBeCloseTo(-2.566337, 4);
    expect(gradient.filter((value) => value === 0)).toHaveLength(27);
    const gradient1 = toTorchLayout(weight1!, outputs.g1!.data);
    close(gradient1, [0.07348759, -0.3859054]);
    expect(total(gradient1)).toBeCloseTo(-1.099859, 4);
  });
});
