import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as g from '@pare/graph';
import { differenceOf, evaluate, seededValues } from '@pare/graph/testing';
import { createTfjsEngine } from './index.ts';
import type { Engine, HostTensor } from '@pare/core';
import type { Value } from '@pare/graph';

const tensor = (name: string, shape: readonly number[]): HostTensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return { dtype: 'float32', shape, data: seededValues(name, size) };
};

/** Values and gradients of the weighted sum of squares. */
function withGradients(inputs: Readonly<Record<string, Value>>, y: Value) {
  const slopes = g.gradients(g.sum(g.square(y)), Object.values(inputs));
  const named = Object.keys(inputs).map((name, i) => [`gradient of ${name}`, slopes[i]!] as const);
  return g.program({ outputs: { y, ...Object.fromEntries(named) } });
}

// The shared table holds tensors of a few elements; vector kernels have other paths for many.
describe('wasm kernels at the sizes of real layers', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine({ backend: 'wasm' });
  });
  afterAll(() => engine.dispose());

  const compare = async (
    shapes: Readonly<Record<string, readonly number[]>>,
    build: (inputs: Record<string, Value>) => Value,
  ) => {
    const inputs = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, g.input(name, shape)]),
    );
    const program = withGradients(inputs, build(inputs));
    const feeds = () =>
      Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [name, tensor(name, shape)]),
      );
    const session = await engine.open({ program });
    const outputs = await session.run('program', feeds());
    await session.dispose();
    const { outputs: expected } = evaluate(program, feeds());
    return Object.entries(expected).map(
      ([name, reference]) => differenceOf(outputs[name]!, reference, { tolerance: 1e-4 }) ?? 'same',
    );
  };
  const same = ['same', 'same', 'same'];

  test.each([
    ['5x5', [3, 12, 11, 3], [5, 5, 3, 7], {}],
    ['3x3, stride 2, one pixel around', [2, 13, 12, 9], [3, 3, 9, 10], { strides: 2, padding: 1 }],
    ['3x3, stride 2, dilation 3', [2, 17, 15, 5], [3, 3, 5, 6], { strides: 2, dilations: 3 }],
    ['1x1, stride 3', [2, 10, 11, 17], [1, 1, 17, 19], { strides: 3 }],
    ['3x3, 4 groups', [2, 7, 7, 20], [3, 3, 5, 24], { groups: 4, padding: 1 }],
    ['1x1, padded beyond the filter', [1, 5, 5, 3], [1, 1, 3, 4], { padding: 2 }],
  ] as const)('conv2d %s', async (_, x, filter, options) => {
    expect(
      await compare({ x, filter }, (given) => g.conv2d(given.x!, given.filter!, options)),
    ).toEqual(same);
  });

  test.each([
    ['3x3', [3, 9, 10, 21], [3, 3, 21, 1], { padding: 1 }],
    ['5x5, stride 2, multiplier 3', [2, 11, 12, 6], [5, 5, 6, 3], { strides: 2, padding: 'same' }],
    ['3x3, stride 2, dilation 2', [2, 11, 12, 9], [3, 3, 9, 1], { strides: 2, dilations: 2 }],
  ] as const)('depthwiseConv2d %s', async (_, x, filter, options) => {
    const found = await compare({ x, filter }, (given) =>
      g.depthwiseConv2d(given.x!, given.filter!, options),
    );
    expect(found).toEqual(same);
  });

  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('matMul, transposed %j %j', async (transposeA, transposeB) => {
    const shapes = { a: transposeA ? [65, 33] : [33, 65], b: transposeB ? [47, 65] : [65, 47] };
    const found = await compare(shapes, ({ a, b }) => g.matMul(a!, b!, { transposeA, transposeB }));
    expect(found).toEqual(same);
  });

  test('a NaN reaches every result that depends on it', async () => {
    const x = g.input('x', [1, 4, 4, 2]);
    const filter = g.constant(seededValues('filter', 36), [3, 3, 2, 2]);
    const flat = g.reshape(x, [32]);
    const outputs = {
      conv2d: g.conv2d(x, filter),
      depthwise: g.depthwiseConv2d(x, g.reshape(filter, [3, 3, 2, 2])),
      maxPool: g.maxPool(x, { size: 4 }),
      avgPool: g.avgPool(x, { size: 4 }),
      max: g.max(x),
      sum: g.sum(x),
      relu: g.sum(g.relu(x)),
      maximum: g.sum(g.maximum(x, 0.5)),
      minimum: g.sum(g.minimum(g.scalar(0.5), x)),
      sign: g.sum(g.sign(x)),
      softmax: g.sum(g.softmax(flat)),
      matMul: g.matMul(g.reshape(x, [4, 8]), g.constant(new Float32Array(16).fill(1), [8, 2])),
    };
    const session = await engine.open({ program: g.program({ outputs }) });
    const fed = tensor('x', [1, 4, 4, 2]);
    // The pixel in the middle, which every window covers; both channels.
    fed.data.fill(NaN, 10, 12);
    const results = await session.run('program', { x: fed });
    const withoutNaN = Object.keys(results).filter(
      (name) => !results[name]!.data.some(Number.isNaN),
    );
    await session.dispose();
    expect(withoutNaN).toEqual([]);
  });

  test('weights that change are packed anew', async () => {
    // XNNPACK keeps a packed copy of a filter for as long as its tensor lives.
    const w = g.variable('w', [1, 1, 1, 1]);
    const y = g.conv2d(g.input('x', [1, 1, 1, 1]), w);
    const program = g.program({ outputs: { y }, updates: [{ variable: w, value: g.add(w, 1) }] });
    const session = await engine.open({ program });
    await session.write(
      new Map([['w', { ...tensor('w', [1, 1, 1, 1]), data: Float32Array.of(1) }]]),
    );
    const results: number[] = [];
    for (let i = 0; i < 4; i++) {
      const x = { ...tensor('x', [1, 1, 1, 1]), data: Float32Array.of(10) };
      results.push((await session.run('program', { x })).y!.data[0]!);
    }
    await session.dispose();
    expect(results).toEqual([10, 20, 30, 40]);
  });
});
