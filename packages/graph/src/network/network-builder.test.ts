import { describe, expect, test } from '@jest/globals';
import { flatten } from '../ops/flatten.ts';
import { input } from '../ops/input.ts';
import { maxPool } from '../ops/max-pool.ts';
import { relu } from '../ops/relu.ts';
import { variable } from '../ops/variable.ts';
import { networkFromJson, networkToJson } from '../serialize/network-json.ts';
import { graphToJson } from '../serialize/graph-json.ts';
import { glorotUniform, heNormal, heUniform, uniformFanIn } from './initializer.ts';
import { instantiate } from './instantiate.ts';
import { NetworkBuilder } from './network-builder.ts';
import { trainableParameters } from './network.ts';
import type { NetworkJson } from '../serialize/network-json.ts';
import type { Network } from './network.ts';

function smallNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([8, 8, 4]);
  const a = builder.conv2d('conv', x, { filters: 6, kernel: [3, 1], groups: 2, padding: 'same' });
  const b = builder.depthwiseConv2d('depthwise', relu(a), { kernel: 3, bias: false });
  const c = maxPool(relu(builder.batchNorm('norm', b)), { size: 2 });
  return builder.build('small', x, builder.dense('dense', flatten(c), { units: 10 }));
}

const parameter = (name: string) => smallNetwork().parameters.find((p) => p.name === name)!;

describe('NetworkBuilder', () => {
  test('makes group and instance norms with a scale and a shift, and no statistics', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([4, 4, 6]);
    const y = builder.instanceNorm('b', builder.groupNorm('a', x, { groups: 3 }));
    const { parameters } = builder.build('norms', x, y);
    expect(parameters.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'a.weight norm-scale',
      'a.bias norm-shift',
      'b.weight norm-scale',
      'b.bias norm-shift',
    ]);
  });

  test('group and instance norms follow the shape of what is put in', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([4, 4, 6]);
    const y = builder.instanceNorm('b', builder.groupNorm('a', x, { groups: 3 }));
    const network = builder.build('norms', x, y);
    const vector = (name: string) => [name, variable(name, [3])] as const;
    const weights = new Map(['a.weight', 'a.bias', 'b.weight', 'b.bias'].map(vector));
    const half = input('half', ['batch', 2, 2, 3]);
    const { output } = instantiate(network, { mode: 'train', input: half, weights });
    expect(output.shape).toEqual(['batch', 2, 2, 3]);
  });

  test('names parameters <layer>.<what> in the order of the layers', () => {
    expect(smallNetwork().parameters.map((p) => p.name)).toEqual([
      'conv.weight',
      'conv.bias',
      'depthwise.weight',
      'norm.weight',
      'norm.bias',
      'norm.running_mean',
      'norm.running_var',
      'dense.weight',
      'dense.bias',
    ]);
    expect(parameter('norm.running_var').layer).toBe('norm');
  });

  test('gives shapes, layouts, roles and groups', () => {
    expect(parameter('conv.weight')).toMatchObject({
      shape: [3, 1, 2, 6],
      layout: 'hwio',
      role: 'weight',
      groups: 2,
    });
    expect(parameter('depthwise.weight')).toMatchObject({
      shape: [3, 3, 6, 1],
      layout: 'hwcm',
      groups: 1,
    });
    expect(parameter('norm.weight')).toMatchObject({
      shape: [6],
      layout: 'vector',
      role: 'norm-scale',
    });
    expect(parameter('dense.weight')).toMatchObject({
      shape: [54, 10],
      layout: 'io',
      role: 'weight',
    });
  });

  test('only running statistics are not trained', () => {
    const trained = trainableParameters(smallNetwork()).map((p) => p.name);
    expect(trained).toHaveLength(7);
    expect(trained.filter((name) => name.includes('running'))).toEqual([]);
  });

  test('remembers which image a dense weight reads', () => {
    expect(parameter('dense.weight').flattened).toEqual([3, 3, 6]);
    expect(parameter('conv.weight').flattened).toBeUndefined();
    const builder = new NetworkBuilder();
    const x = builder.input([7]);
    const network = builder.build('flat', x, builder.dense('only', x, { units: 2 }));
    expect(network.parameters[0]!.flattened).toBeUndefined();
  });

  test('initialises by fans: PyTorch default for weights and biases', () => {
    // 3 x 1 taps of 4 / 2 channels feed one output.
    const bound = 1 / Math.sqrt(6);
    expect(parameter('conv.weight').initializer).toEqual({
      kind: 'uniform',
      low: -bound,
      high: bound,
    });
    expect(parameter('conv.bias').initializer).toEqual({
      kind: 'uniform',
      low: -bound,
      high: bound,
    });
    expect(parameter('norm.weight').initializer).toEqual({ kind: 'constant', value: 1 });
    expect(parameter('norm.running_mean').initializer).toEqual({ kind: 'constant', value: 0 });
  });

  test('passes the fans in and out to an initializer', () => {
    const seen: unknown[] = [];
    const builder = new NetworkBuilder();
    const x = builder.input([4, 4, 6]);
    const initializer = (fan: { in: number; out: number }) => (seen.push(fan), uniformFanIn(fan));
    builder.conv2d('c', x, { filters: 9, kernel: 2, groups: 3, initializer, bias: false });
    builder.dense('d', flatten(x), { units: 5, initializer, bias: false });
    expect(seen).toEqual([
      { in: 8, out: 12 },
      { in: 96, out: 5 },
    ]);
  });

  test('the named initializers have the variances of their papers', () => {
    expect(heNormal()({ in: 8, out: 2 })).toEqual({
      kind: 'normal',
      mean: 0,
      deviation: Math.SQRT2 / Math.sqrt(8),
    });
    expect(heNormal('out', 1)({ in: 8, out: 4 })).toMatchObject({ deviation: 0.5 });
    // A uniform variable in ±b has variance b² / 3.
    const he = heUniform()({ in: 6, out: 1 }) as { high: number };
    expect(he.high ** 2 / 3).toBeCloseTo(2 / 6, 12);
    const glorot = glorotUniform({ in: 3, out: 5 }) as { high: number };
    expect(glorot.high ** 2 / 3).toBeCloseTo(2 / 8, 12);
  });
});

describe('NetworkBuilder refuses', () => {
  test('two layers of one name', () => {
    const builder = new NetworkBuilder();
    const x = builder.dense('a', builder.input([3]), { units: 2 });
    expect(() => builder.dense('a', x, { units: 2 })).toThrow(
      'network: the parameter "a.weight" exists already with shape [3, 2]; layer names must differ.',
    );
  });

  test('parameters that the output does not use', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([3]);
    builder.dense('lost', x, { units: 2 });
    expect(() => builder.build('net', x, builder.dense('used', x, { units: 2 }))).toThrow(
      'network "net": the output does not use lost.weight, lost.bias.',
    );
  });

  test('groups that do not divide the channels', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([4, 4, 6]);
    expect(() => builder.conv2d('c', x, { filters: 4, kernel: 1, groups: 3 })).toThrow(
      'layer "c": groups must divide 6 channels in and 4 out; received 3.',
    );
  });

  test('a dense layer on an image', () => {
    const builder = new NetworkBuilder();
    expect(() => builder.dense('d', builder.input([4, 4, 1]), { units: 1 })).toThrow(
      'layer "d": a dense layer needs [batch, features]; received [batch, 4, 4, 1]. Use flatten().',
    );
  });
});

describe('a network written and read', () => {
  test('has the same graph and parameters', () => {
    const network = smallNetwork();
    const copy = networkFromJson(JSON.parse(JSON.stringify(networkToJson(network))) as NetworkJson);
    expect(graphToJson({ y: copy.output })).toEqual(graphToJson({ y: network.output }));
    expect(networkToJson(copy)).toEqual(networkToJson(network));
    expect(copy.parameters.map((p) => p.flattened)).toEqual(
      network.parameters.map((p) => p.flattened),
    );
    expect(copy.output.node.inputs[1]).toBe(copy.parameters.at(-1)!.variable);
  });

  test('needs a variable for each parameter', () => {
    const json = networkToJson(smallNetwork());
    const [first, ...rest] = json.parameters;
    const renamed = { ...json, parameters: [{ ...first!, name: 'other.weight' }, ...rest] };
    expect(() => networkFromJson(renamed)).toThrow(
      'network "small": the graph has no variable for the parameter "other.weight".',
    );
  });

  test('needs an input and an output', () => {
    const json = networkToJson(smallNetwork());
    const { input: only } = json.graph.outputs;
    expect(() =>
      networkFromJson({ ...json, graph: { ...json.graph, outputs: { input: only! } } }),
    ).toThrow('the graph must have outputs "input" and "output".');
  });
});
