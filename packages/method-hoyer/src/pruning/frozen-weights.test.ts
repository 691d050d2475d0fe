import { describe, expect, test } from '@jest/globals';
import { adam, sgd } from '@pare/core';
import { input } from '@pare/graph';
import { relativeError, valued } from '../testing/parameters.ts';
import { series } from '../testing/oracle-inputs.ts';
import { runSteps } from '../testing/run-steps.ts';
import { freezeZeros } from './frozen-zeros.ts';
import { maskGradient, maskName, masksOf } from './static-mask.ts';
import type { HostTensor } from '@pare/core';

const p = valued('p', 'bias', [6], [0.5, -0.25, 0, 1, 0, -0.75]);
const g = input('g', [6]);
const given = [
  series(6, [17, 3, 23, 11, 40]),
  series(6, [19, 5, 29, 14, 40]),
  series(6, [11, 2, 31, 15, 40]),
];
const feeds = (step: number) => ({
  g: { dtype: 'float32', shape: [6], data: given[step - 1]! } satisfies HostTensor,
});

describe('frozen zeros', () => {
  // Oracle O7.
  test.each([
    [1e-3, 1e-4, [0.502995968, -0.252672911, 0, 1.00285017, 0, -0.7523489]],
    [1e-4, 0, [0.500299633, -0.250267297, 0, 1.00028503, 0, -0.750234962]],
  ])('stay 0 under Adam with rate %d and decay %d', async (learningRate, weightDecay, expected) => {
    const step = {
      parameters: [p],
      gradients: [freezeZeros(p, g)],
      optimizer: adam({ learningRate, weightDecay }),
      outputs: {},
      feeds,
    };
    const { states } = await runSteps(step, 3, new Map([['p', p.value]]));
    const { data } = states[2]!.get('p')!;
    expect(relativeError(data, expected)).toBeLessThan(1e-6);
    expect([data[2], data[4]]).toEqual([0, 0]);
  });
});

describe('static masks', () => {
  // Oracle O8.
  test('hold under SGD with momentum, decay and a falling rate', async () => {
    const expected = [
      [0.519975007, -0.272487491, 0, 1.00744998, 0, -0.76996249],
      [0.524020135, -0.277009994, 0, 1.01061547, 0, -0.771505237],
      [0.524708927, -0.277366877, 0, 1.0111748, 0, -0.771918714],
    ];
    const step = {
      parameters: [p],
      gradients: [maskGradient(p, g)],
      optimizer: sgd({ learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4 }),
      outputs: {},
      feeds,
      learningRate: (n: number) => 0.1 / 10 ** (n - 1),
    };
    const variables = new Map([['p', p.value], ...masksOf(new Map([['p', p.value]]))]);
    const { states } = await runSteps(step, 3, variables);
    expected.forEach((values, i) => {
      const { data } = states[i]!.get('p')!;
      expect(relativeError(data, values)).toBeLessThan(1e-6);
    });
  });

  test('cover what is below the threshold and what is 0 already', () => {
    const mask = (threshold?: number) => [
      ...masksOf(new Map([['p', p.value]]), threshold).get(maskName('p'))!.data,
    ];
    expect(mask(0.5)).toEqual([1, 0, 0, 1, 0, 1]);
    // The authors' masks at 0 are all ones and set zeros free.
    expect(mask(0)).toEqual([1, 1, 0, 1, 0, 1]);
  });
});
