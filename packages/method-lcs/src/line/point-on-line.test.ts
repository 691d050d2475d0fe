import { describe, expect, test } from '@jest/globals';
import {
  NetworkBuilder,
  addParameters,
  gradients,
  input,
  instantiate,
  mul,
  ones,
  program,
  sum,
  zeros,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { nameFilled, fillImages, uniformFill } from '../testing/name-fill.ts';
import { hostPointOnLine, hostWeightsAt, pointOnLine } from './point-on-line.ts';
import type { HostTensor } from '@pare/core';
import type { Network } from '@pare/graph';

/** One group norm of four channels in two groups, with second end points. */
function normLine(): Network {
  const b = new NetworkBuilder();
  const x = b.input([3, 3, 4]);
  const plain = b.build('norm', x, b.groupNorm('gn', x, { groups: 2 }));
  return addParameters(plain, [
    { name: 'gn.weight1', layer: 'gn', shape: [4], role: 'norm-scale', initializer: ones },
    { name: 'gn.bias1', layer: 'gn', shape: [4], role: 'norm-shift', initializer: zeros },
  ]);
}

const network = normLine();
const alpha = input('alpha', []);
const point = pointOnLine(network, alpha);
const vector = (...data: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [data.length],
  data: Float32Array.from(data),
});
const at = (value: number) => ({ alpha: { shape: [], data: [value] } });

describe('a point on a line', () => {
  test('mixes the ends of each parameter that has two', () => {
    expect([...point.keys()]).toEqual(['gn.weight', 'gn.bias']);
    const values = new Map([
      ['gn.weight', vector(1, 2, 3, 4)],
      ['gn.weight1', vector(5, 6, 7, -8)],
    ]);
    const outputs = program({ outputs: { mixed: point.get('gn.weight')! } });
    const mixed = (value: number) => [...evaluate(outputs, at(value), values).outputs.mixed!.data];
    expect(mixed(0)).toEqual([1, 2, 3, 4]);
    expect(mixed(1)).toEqual([5, 6, 7, -8]);
    expect(mixed(0.25)).toEqual([2, 3, 4, 1]);
  });

  test('shares its gradient out to the ends: (1 - a) and a times', () => {
    const ends = network.parameters.filter(({ name }) => name.startsWith('gn.weight'));
    const slope = uniformFill(2, 4);
    const loss = sum(mul(point.get('gn.weight')!, input('slope', [4])));
    const [first, second] = gradients(
      loss,
      ends.map(({ variable }) => variable),
    );
    const { outputs } = evaluate(
      program({ outputs: { first: first!, second: second! } }),
      { ...at(0.3), slope: { shape: [4], data: slope } },
      new Map(ends.map(({ name }) => [name, vector(1, 1, 1, 1)])),
    );
    slope.forEach((g, i) => {
      expect(outputs.first!.data[i]).toBeCloseTo(0.7 * g, 7);
      expect(outputs.second!.data[i]).toBeCloseTo(0.3 * g, 7);
    });
  });

  test('is the same on the host, in float32', () => {
    const [u, v] = [uniformFill(1, 50), uniformFill(2, 50)];
    const mixed = hostPointOnLine(vector(...u), vector(...v), 0.3).data;
    u.forEach((value, i) => expect(mixed[i]).toBeCloseTo(0.7 * value + 0.3 * v[i]!, 6));
    const exact = (a: number) => [...hostPointOnLine(vector(...u), vector(...v), a).data];
    expect(exact(0)).toEqual([...u]);
    expect(exact(1)).toEqual([...v]);
  });

  test('leaves second ends out of the weights on the host', () => {
    const weights = nameFilled(network.parameters);
    const plain = network.parameters.slice(0, 2);
    expect([...hostWeightsAt(plain, weights, 0.5).keys()]).toEqual(['gn.weight', 'gn.bias']);
  });
});

test('a line of group norms gives the numbers of the authors’ code', () => {
  const { output: y } = instantiate(network, { mode: 'eval', weights: point });
  const values = new Map(
    network.parameters.map(({ name, role }) => [
      name,
      role === 'norm-scale' ? vector(1, 1, 1, 1) : vector(0, 0, 0, 0),
    ]),
  );
  const x = { shape: [1, 3, 3, 4], data: fillImages(3, 1, [3, 3, 4]) };
  const { outputs } = evaluate(program({ outputs: { y } }), { x, ...at(0.5) }, values);
  const { data } = outputs.y!;
  // The first pixels of the first channel.
  [1.010589, -1.567638, 0.01179728, -1.430451].forEach((value, pixel) =>
    expect(data[4 * pixel]).toBeCloseTo(value, 5),
  );
  expect([...data].reduce((a, b) => a + b * b, 0)).toBeCloseTo(35.99884, 4);
});
