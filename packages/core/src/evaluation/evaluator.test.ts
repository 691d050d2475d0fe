import { expect, test } from '@jest/globals';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { blobDataset } from '../testing/blob-dataset.ts';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { smallNetwork } from '../testing/small-experiment.ts';
import { watchSessions } from '../testing/watch-sessions.ts';
import { evaluateNetwork } from './evaluate-network.ts';
import { Evaluator } from './evaluator.ts';

const dataset = blobDataset({ validation: 6 });
const network = smallNetwork();
const weightsOf = (seed: number, of = network) => initializeNetwork(of, new SeededRandom(seed));

test('while the network is the same object it writes weights and keeps its session', async () => {
  const { engine, seen } = watchSessions();
  await using evaluator = new Evaluator({ engine, dataset });
  const losses = new Set<number>();
  for (const seed of [1, 2, 3]) {
    const result = await evaluator.evaluate({ network, weights: weightsOf(seed) });
    const state = { network, weights: weightsOf(seed) };
    const alone = await evaluateNetwork({ engine: createReferenceEngine(), dataset, ...state });
    expect(result).toEqual(alone);
    losses.add(result!.loss);
  }
  expect(losses.size).toBe(3);
  expect(seen).toEqual({ opened: 1, disposed: 0, writes: 3 });
});

test('for another network, of the same shape too, it opens another session and frees the one before', async () => {
  const { engine, seen } = watchSessions();
  const evaluator = new Evaluator({ engine, dataset });
  for (const each of [network, smallNetwork(3), smallNetwork(3)]) {
    await evaluator.evaluate({ network: each, weights: weightsOf(1, each) });
  }
  expect(seen).toMatchObject({ opened: 3, disposed: 2 });
  await evaluator[Symbol.asyncDispose]();
  await evaluator[Symbol.asyncDispose]();
  expect(seen.disposed).toBe(3);
});

test('after weights that do not fit, or a signal, it goes on with the next ones', async () => {
  const { engine, seen } = watchSessions();
  await using evaluator = new Evaluator({ engine, dataset });
  await expect(evaluator.evaluate({ network, weights: new Map() })).rejects.toMatchObject({
    code: 'MISSING_VARIABLE',
  });
  const state = { network, weights: weightsOf(1) };
  expect(await evaluator.evaluate(state, { signal: AbortSignal.abort() })).toBeUndefined();
  expect(await evaluator.evaluate(state, { split: 'validation' })).toMatchObject({ count: 6 });
  expect(seen.opened).toBe(1);
});
