import { describe, expect, test } from '@jest/globals';
import { gradients, input, program, sum, variable } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { uniformFill } from '../testing/name-fill.ts';
import { hostKeepLargest } from './host-top-k.ts';
import { keepLargest, keptCount } from './top-k.ts';

// Expected numbers come from the authors' code.

const shape = [2, 3, 2, 2];
const weight = { dtype: 'float32', shape, data: uniformFill(1, 24) } as const;
const total = (data: Iterable<number>) => [...data].reduce((a, b) => a + b, 0);
const zeros = (data: Iterable<number>) => [...data].filter((value) => value === 0).length;

const variableW = variable('w', shape);
const pruned = keepLargest(variableW, input('kept', [], 'int32'));
const forward = program({ outputs: { pruned, gradient: gradients(sum(pruned), [variableW])[0]! } });

/** Weight and gradient of its sum with a share kept, by the graph. */
const inGraph = (share: number, data: Float32Array = weight.data) =>
  evaluate(
    forward,
    { kept: { shape: [], data: [keptCount(share, 24)] } },
    new Map([['w', { shape, data }]]),
  ).outputs;

describe('the largest magnitudes of a weight', () => {
  test.each([
    [1, 0, -2.608332],
    [0.95, 1, -2.58662],
    [0.9, 2, -2.564197],
    [0.5, 12, -1.446475],
    [0.3, 16, -1.298972],
    [0.05, 22, -0.00488263],
    [0.025, 23, -0.9945285],
    [0, 24, 0],
  ])('at share %s: %i zeros', (share, count, masked) => {
    for (const data of [inGraph(share).pruned!.data, hostKeepLargest(weight, share).data]) {
      expect(zeros(data)).toBe(count);
      expect(total(data)).toBeCloseTo(masked, 5);
    }
  });

  test('are the same on the host and in the graph', () => {
    const mask = [...'010110010100101101010110'].map(Number);
    const data = [...hostKeepLargest(weight, 0.5).data];
    expect(data.map((value) => (value === 0 ? 0 : 1))).toEqual(mask);
    // The graph multiplies with a mask, which leaves negative zeros.
    expect([...inGraph(0.5).pruned!.data].map((value) => value + 0)).toEqual(data);
  });

  test('have a gradient, the others have none', () => {
    const { pruned: kept, gradient } = inGraph(0.5);
    expect([...gradient!.data]).toEqual([...kept!.data].map((value) => (value === 0 ? 0 : 1)));
  });

  test('all stay where they are equal', () => {
    const equal = new Float32Array(24).fill(-0.5);
    expect(zeros(inGraph(0.1, equal).pruned!.data)).toBe(0);
    expect(zeros(hostKeepLargest({ ...weight, data: equal }, 0.1).data)).toBe(0);
  });
});

test.each([
  [0.9, 1000, 99],
  [0.95, 2304, 115],
  [0.025, 2304, 2246],
  [0.1, 10, 9],
  [0.9, 10, 0],
  [0.8, 10, 1],
])('share %s of %i weights leaves out %i: the product is cut off', (share, count, out) => {
  expect(count - keptCount(share, count)).toBe(out);
});
