import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { evaluateNetwork, loadStart } from '@pare/core';
import { createMnist } from '@pare/datasets';
import { createTfjsEngine } from '@pare/engine-tfjs';
import { NetworkBuilder, instantiate, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { createLenet300100 } from '@pare/models';
import { referenceFile } from './testing/reference-network.ts';
import type { Dataset, Engine, Start } from '@pare/core';

// Figures of the authors' network in their own code; their images are those of MNIST minus the mean image.

const task = { imageShape: [28, 28, 1], classes: 10 } as const;
const network = createLenet300100({ preset: 'lc' }).build(new NetworkBuilder(), task);

let start: Start;
let mnist: Dataset;
beforeAll(async () => {
  start = await loadStart(network, { path: referenceFile });
  mnist = await createMnist({ normalization: 'mean-image' });
});

function logits(image: Float32Array): number[] {
  const { output } = instantiate(network, { mode: 'eval' });
  const x = { shape: [1, 28, 28, 1], data: image };
  return [...evaluate(program({ outputs: { output } }), { x }, start.weights).outputs.output!.data];
}

async function firstTestImage(): Promise<Float32Array> {
  for await (const { x } of mnist.batches('test', { batchSize: 1 })) return x;
  throw new Error('no batch');
}

function expectLogits(received: readonly number[], expected: readonly number[]) {
  const errors = expected.map((value, i) => Math.abs(received[i]! - value));
  expect(received).toHaveLength(expected.length);
  expect(Math.max(...errors)).toBeLessThan(1e-4);
}

describe("the authors' LeNet-300-100", () => {
  test('gives their outputs for an image of zeros', () => {
    const expected = [
      -4.072146, -13.023346, 4.280221, 9.066078, -3.678668, 6.288136, -6.03211, -9.870957,
      16.510668, 0.830716,
    ];
    expectLogits(logits(new Float32Array(784)), expected);
  });

  test('gives their outputs for a sine', () => {
    const expected = [
      -5.865316, -1.286651, 1.952839, -0.721044, 8.790748, 1.873548, -7.190861, 4.738132, 7.010717,
      -12.713028,
    ];
    expectLogits(
      logits(Float32Array.from({ length: 784 }, (_, i) => 0.5 * Math.sin(0.05 * i))),
      expected,
    );
  });

  test('gives their outputs for the first test image of MNIST', async () => {
    const expected = [
      -1.619553, -6.631697, 1.034946, 9.924974, -2.706971, -3.138398, -15.65462, 24.580426,
      -8.913545, 6.25092,
    ];
    expectLogits(logits(await firstTestImage()), expected);
  });

  describe('on MNIST', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await createTfjsEngine({ backend: 'wasm' });
    });
    afterAll(() => engine.dispose());

    const on = (split: 'train' | 'test') =>
      evaluateNetwork({ engine, network, weights: start.weights, dataset: mnist, split });

    test('gets 213 of 10,000 test images wrong', async () => {
      const { count, correct, loss } = (await on('test'))!;
      expect([count, count - correct]).toEqual([10_000, 213]);
      expect(Math.abs(loss - 0.087359)).toBeLessThan(1e-5);
    });

    test('gets 119 of 60,000 training images wrong', async () => {
      const { count, correct, loss } = (await on('train'))!;
      expect([count, count - correct]).toEqual([60_000, 119]);
      expect(Math.abs(loss - 0.008403)).toBeLessThan(1e-5);
    });
  });
});
