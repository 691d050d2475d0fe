import { expect, test } from '@jest/globals';
import { NetworkBuilder, costReport, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { createLinear } from './linear.ts';
import type { ModelTask } from '@pare/core';

const linear = (
  options: Parameters<typeof createLinear>[0],
  imageShape: ModelTask['imageShape'],
  classes = 10,
) => createLinear(options).build(new NetworkBuilder(), { imageShape, classes });

test.each([
  [[28, 28, 1], 7_850, 7_840],
  [[32, 32, 3], 30_730, 30_720],
] as const)('images %j: %d parameters, %d multiply-adds', (shape, parameters, macs) => {
  expect(costReport(linear({}, shape))).toMatchObject({ parameters, macs });
  expect(costReport(linear({ denseBias: false }, shape)).parameters).toBe(macs);
});

test('starts as PyTorch does, or as LC does', () => {
  const start = (options: Parameters<typeof createLinear>[0]) =>
    linear(options, [28, 28, 1]).parameters.map(({ initializer }) => initializer);
  const torch = { kind: 'uniform', low: -1 / 28, high: 1 / 28 };
  expect(start({})).toEqual([torch, torch]);
  const bound = Math.sqrt(6 / 794);
  expect(start({ preset: 'lc' })).toEqual([
    { kind: 'uniform', low: -bound, high: bound },
    { kind: 'constant', value: 0 },
  ]);
});

test('computes scores of the pixels', () => {
  const network = linear({}, [1, 2, 1], 2);
  const { outputs } = evaluate(
    program({ outputs: { y: network.output } }),
    { x: { shape: [1, 1, 2, 1], data: Float32Array.of(3, 5) } },
    new Map([
      ['fc.weight', { shape: [2, 2], data: Float32Array.of(1, 0, 0, 2) }],
      ['fc.bias', { shape: [2], data: Float32Array.of(100, 200) }],
    ]),
  );
  expect([...outputs.y!.data]).toEqual([103, 210]);
});

test('unknown options are refused', () => {
  expect(() => createLinear({ denseInit: 'ones' } as object)).toThrow(/model "linear".*denseInit/);
});
