import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, input, nameOf } from '@pare/graph';
import { adam } from './adam.ts';
import { sgd } from './sgd.ts';
import type { GradientPair, Optimizer } from '../contracts/optimizer.ts';

function pairs(...scales: (number | undefined)[]): GradientPair[] {
  const builder = new NetworkBuilder();
  const x = builder.input([2]);
  const y = scales.reduce((v, _, i) => builder.dense(`fc${i}`, v, { units: 2, bias: false }), x);
  return builder.build('net', x, y).parameters.map((parameter, i) => ({
    parameter,
    gradient: input(`g${i}`, [2, 2]),
    learningRateScale: scales[i],
  }));
}

const updated = (optimizer: Optimizer) =>
  optimizer.plan(pairs(1)).updates.map(({ variable }) => nameOf(variable));

describe('state', () => {
  test('SGD without momentum keeps nothing', () => {
    expect(updated(sgd())).toEqual(['fc0.weight']);
    expect(sgd().plan(pairs(1)).state.size).toBe(0);
  });

  test('SGD keeps one buffer, Adam two moments, of the shape of the parameter and zero', () => {
    expect(updated(sgd({ momentum: 0.9 }))).toEqual(['fc0.weight', 'fc0.weight/momentum']);
    expect(updated(adam())).toEqual(['fc0.weight', 'fc0.weight/adam_m', 'fc0.weight/adam_v']);
    const { state } = adam().plan(pairs(1));
    expect([...state.keys()]).toEqual(['fc0.weight/adam_m', 'fc0.weight/adam_v']);
    expect(state.get('fc0.weight/adam_v')).toEqual({
      dtype: 'float32',
      shape: [2, 2],
      data: new Float32Array(4),
    });
  });
});

describe('feeds', () => {
  test('groups of one scale share an input; the rate is multiplied in double precision', () => {
    const feeds = sgd()
      .plan(pairs(1, 0.1, 0.1, undefined))
      .feeds(1, 0.3);
    expect(Object.keys(feeds)).toEqual(['learning_rate', 'learning_rate@0.1']);
    expect(feeds['learning_rate@0.1']).toEqual({
      dtype: 'float32',
      shape: [],
      data: Float32Array.of(0.3 * 0.1),
    });
  });

  test('Adam corrects the bias in alpha and epsilon', () => {
    const plan = adam({ beta1: 0.5, beta2: 0.75, epsilon: 1 }).plan(pairs(1));
    // Step 2: sqrt(1 - 9/16) / (1 - 1/4).
    expect(plan.feeds(2, 3).adam_alpha!.data[0]).toBeCloseTo((3 * Math.sqrt(7 / 16)) / 0.75, 6);
    expect(plan.feeds(2, 3).adam_epsilon!.data[0]).toBeCloseTo(Math.sqrt(7 / 16), 6);
    expect(plan.feeds(1, 3).adam_alpha!.data[0]).toBeCloseTo(3, 6);
  });
});

test('Nesterov without momentum is an error in words', () => {
  expect(() => sgd({ nesterov: true })).toThrow(
    'optimizer "sgd": "nesterov": Nesterov needs a momentum above 0.',
  );
});
