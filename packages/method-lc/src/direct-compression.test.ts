import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Evaluator, SeededRandom, loadStart } from '@pare/core';
import { createMnist } from '@pare/datasets';
import { createTfjsEngine } from '@pare/engine-tfjs';
import { compressionRunner } from './c-step/compression-runner.ts';
import { compressionParts } from './compressions/compression-parts.ts';
import { cStep, squaredDistance } from './steps/c-step.ts';
import { wholeRatio } from './steps/step-record.ts';
import { compressedState, encodeStates } from './steps/task-state.ts';
import { resolveTasks } from './tasks/resolve-tasks.ts';
import { exampleNetworks } from './testing/networks.ts';
import { referenceFile } from './testing/reference-network.ts';
import type { Engine, Tensors } from '@pare/core';

// Figures of the authors' code for their LeNet-300-100 on the test images of MNIST, compressed without any training.

const network = exampleNetworks['lenet-300-100']();
const runner = compressionRunner({ workers: 0 });
let weights: Tensors;
let engine: Engine;
let evaluator: Evaluator;

beforeAll(async () => {
  ({ weights } = await loadStart(network, { path: referenceFile }));
  engine = await createTfjsEngine({ backend: 'wasm' });
  evaluator = new Evaluator({
    engine,
    dataset: await createMnist({ normalization: 'mean-image' }),
  });
});
afterAll(async () => {
  await evaluator[Symbol.asyncDispose]();
  await engine.dispose();
  await runner[Symbol.asyncDispose]();
});

/** Errors among the test images in percent, ‖w - Δ‖² and compression ratio. */
async function compress(lines: string, mu = 0) {
  const { tasks } = resolveTasks(network, lines);
  const random = new SeededRandom(1);
  const states = await cStep({ tasks, weights, mu, random, runner, log: () => undefined });
  const state = { network, weights: new Map([...weights, ...encodeStates(tasks, states)]) };
  const { correct, count } = (await evaluator.evaluate(compressedState(state)))!;
  return {
    error: Number(((100 * (count - correct)) / count).toFixed(2)),
    distance: squaredDistance(tasks, states, weights),
    ratio: wholeRatio(network, tasks, states, compressionParts),
  };
}

describe('direct compression has the test error of the authors', () => {
  test.each([
    ['all: prune(keep=5%)', 45.8],
    ['all: prune(keep=1%)', 86.34],
    ['all: prune(keep=2%)', 79.4],
    ['all: prune(keep=10%)', 12.44],
    ['fc1: low-rank(rank=80)\nfc2: low-rank(rank=7)\nfc3: low-rank(rank=9)', 23.36],
    ['each all: low-rank(auto, cost=storage, alpha=1e-6)', 89.68],
    ['each all: binarize(scale)', 21.23],
    ['each all: binarize', 19.18],
    ['each all: ternarize(scale)', 5.33],
  ])('%s', async (lines, expected) => {
    expect((await compress(lines)).error).toBe(expected);
  });

  // Which of two equally good codebooks k-means ends with depends on its random start: a few images.
  test.each([
    ['each all: quantize(k=2)', 21.43, 469.591],
    ['each all: quantize(k=4)', 4.04, 166.728],
    ['all: quantize(k=2)', 62.96, 682.633],
    ['each fc1, fc3: quantize(k=2)', 15.41, undefined],
    ['all: prune(keep=1%) + quantize(k=2)', 19.11, undefined],
    ['fc1: prune(keep=5000)\nfc2: low-rank(rank=10)\nfc3: quantize(k=2)', 48.57, undefined],
  ])('%s, to a tenth of a percent', async (lines, expected, distance) => {
    const received = await compress(lines);
    expect(Math.abs(received.error - expected)).toBeLessThan(0.1);
    if (distance !== undefined) expect(received.distance).toBeLessThan(distance + 1e-3);
  });

  test.each([
    [1e-3, 1e-6, false, 2.18],
    [9e-5, 1e-9, true, 51.78],
    [9e-5 * 1.1 ** 10, 1e-9, true, 3.77],
    [9e-5 * 1.1 ** 19, 1e-9, true, 2.21],
  ])(
    'ranks selected with mu %d, alpha %d, normalized: %p',
    async (mu, alpha, normalize, expected) => {
      const more = normalize ? ', normalize' : '';
      const line = `each all: low-rank(auto, cost=storage, alpha=${alpha}${more})`;
      expect((await compress(line, mu)).error).toBe(expected);
    },
  );
});

describe('the compression ratio is that of the authors', () => {
  test.each([
    ['each all: quantize(k=2)', 30.523],
    // They leave the 30,000 weights of the layer between out of the count, and state 34.20.
    ['each fc1, fc3: quantize(k=2)', 7.054],
    ['all: prune(keep=5%)', 16.003],
    ['fc1: low-rank(rank=80)\nfc2: low-rank(rank=7)\nfc3: low-rank(rank=9)', 2.932],
    ['each all: ternarize(scale)', 15.636],
    ['all: prune(keep=10%)', 8.405],
  ])('%s', async (lines, expected) => {
    expect(Math.abs((await compress(lines)).ratio - expected)).toBeLessThan(2e-3);
  });
});
