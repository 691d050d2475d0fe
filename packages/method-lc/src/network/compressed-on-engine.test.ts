import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTfjsEngine } from '@pare/engine-tfjs';
import {
  NetworkBuilder,
  flatten,
  gradients,
  instantiate,
  program,
  relu,
  square,
  sum,
} from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { expectNear } from '../testing/expect-near.ts';
import { oracleNumbers } from '../testing/oracle-numbers.ts';
import { factorShape, randomFactors } from '../testing/random-factors.ts';
import { kernelParameters, oneTask, seededState } from '../testing/seeded-state.ts';
import { compressNetwork } from './compress-network.ts';
import type { Engine } from '@pare/core';
import type { Parameter, Program } from '@pare/graph';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';

const builder = new NetworkBuilder();
const x = builder.input([6, 5, 8]);
const conv = (name: string, from: typeof x, strides: [number, number] = [1, 1]) =>
  builder.conv2d(name, from, { filters: 24, kernel: 3, padding: 'same', strides });
const first = relu(conv('factored', x, [2, 1]));
const second = relu(conv('summed', first));
const network = builder.build('forms', x, builder.dense('fc', flatten(second), { units: 3 }));
const state = seededState(network);

/** Few single weights, so that a sum is worth its place. */
const spikes = ({ shape }: Parameter): CompressedWeights => ({
  kind: 'sparse',
  length: shape.reduce((a, b) => a * b, 1),
  indices: Uint32Array.of(3, 70, 200),
  values: Float32Array.of(1, -2, 0.5),
});

/** The network with some kernels compressed. */
function compressed(forms: Readonly<Record<string, (kernel: Parameter) => CompressedWeights>>) {
  const kernels = kernelParameters(network).filter(({ layer }) => layer in forms);
  return compressNetwork(
    state,
    kernels.map((kernel) => oneTask(kernel, forms[kernel.layer]!(kernel))),
  );
}

const sumOfProduct = (kernel: Parameter): CompressedWeights => ({
  kind: 'sum',
  parts: [randomFactors(kernel, 2, 'scheme-2'), spikes(kernel)],
});

const cases = [
  [
    'two layers and a sum',
    ['factored', 'sum'],
    compressed({
      factored: (kernel) => randomFactors(kernel, 3, 'scheme-2'),
      summed: sumOfProduct,
    }),
  ],
  ['a constant layer', ['constant'], compressed({ summed: (kernel) => factorShape(kernel, 0) })],
] as const;

/** Output and slopes of all trainable parameters. */
function training({ network: of }: (typeof cases)[number][2]): Program {
  const { output } = instantiate(of, { mode: 'train' });
  const loss = sum(square(output));
  const slopes = gradients(
    loss,
    of.parameters.map(({ variable }) => variable),
  );
  const named = slopes.map((slope, i) => [`slope${i}`, slope] as const);
  return program({ outputs: { output, ...Object.fromEntries(named) } });
}

describe('in float32', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine({ backend: 'wasm' });
  });
  afterAll(() => engine.dispose());

  test.each(cases)('%s: output and slopes are those of the reference', async (_, forms, result) => {
    expect(result.decisions.map(({ form }) => form)).toEqual(forms);
    const closed = training(result);
    const image = { dtype: 'float32', shape: [2, 6, 5, 8], data: oracleNumbers(5, 480) } as const;
    const expected = evaluate(closed, { x: image }, result.weights).outputs;
    const session = await engine.open({ closed });
    await session.write(result.weights);
    const outputs = await session.run('closed', { x: image });
    await session.dispose();
    for (const [name, { data }] of Object.entries(expected)) {
      expectNear(outputs[name]!.data, Array.from(data), 1e-5);
    }
  });
});
