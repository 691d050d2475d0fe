import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gradients, input, mul, program, sum } from '@pare/graph';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { SeededRandom } from '@pare/core';
import { floatScalar } from '../scalars.ts';
import { hostOwnRange, hostQuantize, hostScaleOf } from './host-quantize.ts';
import { ownRange, quantize, scaleOf, topLevel } from './quantize.ts';
import { quantizeWeight } from './quantizing-rule.ts';
import type { Engine, HostTensor, Session } from '@pare/core';

const x = input('x', ['n']);
const upstream = input('upstream', ['n']);
const top = input('top', []);
const quantized = quantizeWeight(x, top);
const [gradient] = gradients(sum(mul(quantized, upstream)), [x]);
const scale = scaleOf(ownRange(x), top);

let engine: Engine;
let session: Session;
beforeAll(async () => {
  engine = await createTensorFlowEngine();
  session = await engine.open({
    forward: program({ outputs: { y: quantize(x, scale), ...scale } }),
    backward: program({ outputs: { gradient: gradient! }, inputs: [top] }),
  });
}, 60_000);
afterAll(() => engine.dispose());

const vector = (data: Float32Array): HostTensor => ({
  dtype: 'float32',
  shape: [data.length],
  data: data.slice(),
});

/** Tensors of different sizes and ranges: both signs, one sign, the empty range, and levels that fall between two. */
function samples(): Float32Array[] {
  const random = new SeededRandom(3);
  const uniform = (low: number, high: number) =>
    Float32Array.from({ length: 200 }, () => low + (high - low) * random.uniform());
  return [
    ...Array.from({ length: 20 }, () => uniform(-10 * random.uniform(), 10 * random.uniform())),
    uniform(0, 3),
    uniform(-3, -1),
    uniform(-1e-6, 1e-5),
    new Float32Array(4),
    Float32Array.of(-1e-33, 2e-34),
    Float32Array.of(-1, -0.5, 0, 0.25, 0.5, 1),
  ];
}

test('the engine and the host quantize bit for bit the same', async () => {
  for (const [i, data] of samples().entries()) {
    const bits = 2 + (i % 7);
    const feeds = { x: vector(data), top: floatScalar(topLevel(bits)) };
    const { y, step, inverse, first, last } = await session.run('forward', feeds);
    const expected = hostScaleOf(hostOwnRange(data, 'x'), bits);
    expect([step, inverse, first, last].map((tensor) => tensor!.data[0])).toEqual([
      expected.step,
      expected.inverse,
      expected.first,
      expected.last,
    ]);
    const positive = (value: number) => value + 0;
    expect([...y!.data].map(positive)).toEqual([...hostQuantize(data, expected)].map(positive));
  }
}, 60_000);

test('the gradient passes as if nothing were rounded', async () => {
  const g = Float32Array.of(0.5, -2, 3);
  const { gradient: found } = await session.run('backward', {
    upstream: vector(g),
    top: floatScalar(7),
  });
  expect(found!.data).toEqual(g);
});
