import { expect, test } from '@jest/globals';
import { add, constant, gradients, mul, program, sum, variable, zeros } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { expectNear } from '../testing/expect-near.ts';
import { constraintTensors } from './constraint.ts';
import { sharedWeights } from './shared-numbers.ts';
import type { HostTensor } from '@pare/core';
import type { Parameter } from '@pare/graph';
import type { Freedom } from './freedom.ts';

const parameter = (name: string, shape: readonly number[]): Parameter => ({
  name,
  layer: name,
  role: 'weight',
  layout: 'other',
  trainable: true,
  shape,
  initializer: zeros,
  groups: 1,
  flattened: undefined,
  variable: variable(name, shape),
});

const [a, b] = [parameter('a', [2, 2]), parameter('b', [3])];

/** Effective weights and gradients of Σ i·w_i over a, then b, i from 1. */
function weighted(freedom: Freedom, weights: readonly [number[], number[]]) {
  const numbering = new Map<number, number>();
  const tensors = new Map<string, HostTensor>();
  for (const [i, { name, shape }] of [a, b].entries()) {
    const tensor = { dtype: 'float32' as const, shape, data: Float32Array.from(weights[i]!) };
    tensors.set(name, tensor);
    for (const [key, value] of constraintTensors(name, tensor, freedom, numbering))
      tensors.set(key, value);
  }
  const shared = new Map(sharedWeights([a, b], tensors));
  const [ofA, ofB] = [shared.get('a')!, shared.get('b')!];
  const total = add(
    sum(mul(ofA, constant([1, 2, 3, 4], [2, 2]))),
    sum(mul(ofB, constant([5, 6, 7], [3]))),
  );
  const [toA, toB] = gradients(total, [a.variable, b.variable]);
  const { outputs } = evaluate(
    program({ outputs: { ofA, ofB, toA: toA!, toB: toB! } }),
    {},
    tensors,
  );
  const all = (...names: string[]) => names.flatMap((name) => Array.from(outputs[name]!.data));
  return { weights: all('ofA', 'ofB'), gradients: all('toA', 'toB') };
}

const expectClose = (found: readonly number[], expected: readonly number[]) =>
  expectNear(found, expected, 1e-6);

test('weights stay as they are, and each gets the mean gradient of all that are equal to it', () => {
  const found = weighted('values', [
    [0.5, 0, 0.5, -1],
    [0, 0.5, 2],
  ]);
  expect(found.weights).toEqual([0.5, 0, 0.5, -1, 0, 0.5, 2]);
  expectClose(found.gradients, [10 / 3, 3.5, 10 / 3, 4, 3.5, 10 / 3, 7]);
});

test('zeros that stay get none', () => {
  const { gradients: found } = weighted('kept-values', [
    [0.5, 0, 0.5, -1],
    [0, 0.5, 2],
  ]);
  expectClose(found, [10 / 3, 0, 10 / 3, 4, 0, 10 / 3, 7]);
});

test('a scale gets the mean over all weights, by their signs', () => {
  const { gradients: found } = weighted('scale', [
    [0.5, 0, -0.5, 0.5],
    [0, 0.5, -0.5],
  ]);
  // (1 - 3 + 4 + 6 - 7) / 5.
  expectClose(found, [0.2, 0, -0.2, 0.2, 0, 0.2, -0.2]);
});
