import { describe, expect, test } from '@jest/globals';
import { fromTorchLayout } from '@pare/core';
import { NetworkBuilder, addParameters, cutParameters, input, instantiate, ones, program, zeros } from '@pare/graph'; // prettier-ignore
import { evaluate } from '@pare/graph/testing';
import { pointOnLine } from '../line/point-on-line.ts';
import { fillImages, uniformFill } from '../testing/name-fill.ts';
import { channelsAt, channelsOf } from './channel-counts.ts';
import { wholeStatistics } from './running-statistics.ts';
import type { HostTensor } from '@pare/core';
import type { FedTensor, Network, Update, Value } from '@pare/graph';

// Expected numbers come from the authors' code: a convolution of 4 to 8 channels and a norm, on two images of 5 x 5.

const shape = { kernel: 3, filters: 8, padding: 1, bias: false } as const;

function layers(norm: 'batchNorm' | 'instanceNorm'): Network {
  const b = new NetworkBuilder();
  const x = b.input([5, 5, 4]);
  return b.build('layers', x, b[norm]('norm', b.conv2d('conv', x, shape)));
}

const vector = (start: number, factor: number, seed: number): HostTensor => ({
  dtype: 'float32',
  shape: [8],
  data: uniformFill(seed, 8).map((u) => start + factor * u),
});

const fill: Readonly<Record<string, HostTensor>> = {
  'norm.weight': vector(1, 0.2, 7),
  'norm.bias': vector(0, 0.1, 8),
  'norm.weight1': vector(1, 0.2, 9),
  'norm.bias1': vector(0, 0.1, 10),
  'norm.running_mean': vector(0, 0, 1),
  'norm.running_var': vector(1, 0, 1),
};

const weightsOf = ({ parameters }: Network): Map<string, HostTensor> =>
  new Map(
    parameters.map((parameter): [string, HostTensor] => {
      const data = () => fromTorchLayout(parameter, uniformFill(1, 288));
      const { name } = parameter;
      return [name, fill[name] ?? { dtype: 'float32', shape: parameter.shape, data: data() }];
    }),
  );

/** The first `channels` channels of the images. */
function images(channels: number) {
  const whole = fillImages(3, 2, [5, 5, 4]);
  const data = Array.from({ length: 50 * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    return whole[4 * pixel + channel]!;
  });
  return { shape: [2, 5, 5, channels], data };
}

/** The layers in training with the first channels of the images and of the filters. */
function pass(
  network: Network,
  { inputs, width, values }: { inputs: number; width: number; values: Map<string, Value> },
) {
  const map = channelsOf(network);
  const [from, to] = [2, 3].map((axis) => map.axes.get('conv.weight')![axis]!.groups[0]!);
  const cuts = new Map([
    [from!.id, { size: inputs }],
    [to!.id, { size: channelsAt(8, width) }],
  ]);
  const weights = new Map([...values, ...cutParameters(network, map, cuts, values)]);
  const x = input(`x${inputs}`, [2, 5, 5, inputs]);
  const { output, updates } = instantiate(network, { mode: 'train', input: x, weights });
  const kernel = weights.get('conv.weight')!.shape as number[];
  return { output, active: kernel.reduce((a, b) => a * b, 1), updates, cuts };
}

const feeds = { x3: images(3), x4: images(4) };
const squares = (data: Iterable<number>) => [...data].reduce((sum, v) => sum + v * v, 0);
/** First two pixels of the first channel, and the sum of all squares. */
const expectOutput = (
  y: { shape: readonly number[]; data: ArrayLike<number> },
  ...numbers: number[]
) => {
  const [first, second, total] = numbers;
  expect(y.data[0]).toBeCloseTo(first!, 4);
  expect(y.data[y.shape[3]!]).toBeCloseTo(second!, 4);
  expect(squares(Array.from(y.data)) / total!).toBeCloseTo(1, 5);
};

describe('slimmable convolution and batch norm, widths 1, 0.5 (of three channels), 0.3, 0.0625', () => {
  const network = layers('batchNorm');
  const statistics = new Map<string, Value>();
  const passes = [
    [4, 1],
    [3, 0.5],
    [4, 0.3],
    [4, 0.0625],
  ].map(([inputs, width]) => {
    const values = new Map(statistics);
    const done = pass(network, { inputs: inputs!, width: width!, values });
    const after = wholeStatistics(network, done.updates, done.cuts, statistics);
    after.forEach((value, name) => statistics.set(name, value));
    return done;
  });
  const updates: Update[] = [...statistics].map(([name, value]) => ({
    variable: network.parameters.find((parameter) => parameter.name === name)!.variable,
    value,
  }));
  const outputs = Object.fromEntries(passes.map(({ output }, i) => [`y${i}`, output]));
  const result = evaluate(program({ outputs, updates }), feeds, weightsOf(network));

  test('use the first filters, at least one', () => {
    expect(passes.map(({ active }) => active)).toEqual([288, 108, 72, 36]);
    expect(passes.map(({ output }) => output.shape[3])).toEqual([8, 4, 2, 1]);
  });

  test('give the numbers of the authors', () => {
    expectOutput(result.outputs.y0!, 0.1758746, -1.751975, 382.2949);
    expectOutput(result.outputs.y1!, 0.2164404, -0.9381905, 195.986);
    expectOutput(result.outputs.y2!, 0.1758746, -1.751975, 66.65644);
    expectOutput(result.outputs.y3!, 0.1758746, -1.751975, 32.61178);
  });

  test('update the first entries of one set of statistics, one pass after the other', () => {
    const close = (name: string, expected: readonly number[]) =>
      expected.forEach((value, i) =>
        expect(result.variables.get(name)!.data[i]).toBeCloseTo(value, 5),
      );
    close('norm.running_mean', [-0.01102928, 0.08981717, -0.002433811]);
    close('norm.running_var', [1.494103, 1.955336, 1.22184]);
  });
});

describe('slimmable convolution and instance norm', () => {
  const plain = layers('instanceNorm');
  const network = addParameters(plain, [
    { name: 'norm.weight1', layer: 'norm', shape: [8], role: 'norm-scale', initializer: ones },
    { name: 'norm.bias1', layer: 'norm', shape: [8], role: 'norm-shift', initializer: zeros },
  ]);
  const at = (values: Map<string, Value>, line: Readonly<Record<string, FedTensor>> = {}) => {
    const { output } = pass(network, { inputs: 4, width: 1, values });
    const forward = program({ outputs: { output } });
    return evaluate(forward, { x4: feeds.x4, ...line }, weightsOf(network)).outputs.output!;
  };

  test('give the numbers of the authors at full width', () => {
    expectOutput(at(new Map()), 0.2643104, -1.921669, 382.2948);
  });

  test('at a = 0.4 of a line, too', () => {
    const alpha = { shape: [], data: [0.4] };
    const y = at(pointOnLine(network, input('alpha', [])), { alpha });
    expectOutput(y, 0.3043514, -1.962918, 397.7983);
  });
});

test('a layer keeps one channel at least, and halves are rounded to the even number', () => {
  expect([0.25, 0.3, 0.0625, 0.01].map((width) => channelsAt(10, width))).toEqual([2, 3, 1, 1]);
});
