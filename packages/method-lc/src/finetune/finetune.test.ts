import { describe, expect, test } from '@jest/globals';
import { runExperiment } from '@pare/core';
import { blobNetwork } from '@pare/core/testing';
import { packData } from '../steps/packed-data.ts';
import { blobRun } from '../testing/blob-run.ts';
import type { CompressedState, ExperimentParts, Tensors } from '@pare/core';
import type { LcInput } from '../testing/blob-run.ts';

interface Stages {
  readonly compressed: CompressedState;
  readonly tuned: CompressedState;
}

/** The state before and after fine-tuning. */
async function tune(changes: Partial<LcInput>, network = blobNetwork()): Promise<Stages> {
  const parts = blobRun({ finetune: { epochs: 2, learningRate: 0.05 }, ...changes }, network);
  let compressed: CompressedState | undefined;
  let tuned: CompressedState | undefined;
  const method: ExperimentParts['method'] = {
    ...parts.method,
    plan: (context) =>
      parts.method.plan(context).map((stage) => {
        if (stage.kind !== 'transform' || stage.name !== 'compress') return stage;
        return { ...stage, run: async (given) => (compressed = await stage.run(given)) };
      }),
    report: (state) => {
      tuned = state;
      return parts.method.report(state);
    },
  };
  for await (const _event of runExperiment({ ...parts, method }));
  return { compressed: compressed!, tuned: tuned! };
}

const dataOf = (weights: Tensors, name: string) => Array.from(weights.get(name)!.data);
const kernels = ['conv1.weight', 'fc1.weight', 'fc2.weight'];

/** Which of the weights are equal to one another, as the place where each value appears first. */
const pattern = (data: readonly number[]) => data.map((value) => data.indexOf(value));

describe('fine-tuning', () => {
  test('leaves pruned weights 0 and trains the others', async () => {
    const { compressed, tuned } = await tune({ tasks: ['all: prune(keep=25%)'] });
    for (const name of kernels) {
      const [before, after] = [dataOf(compressed.weights, name), dataOf(tuned.weights, name)];
      expect(after.map((w) => w === 0)).toEqual(before.map((w) => w === 0));
      expect(after.some((w, i) => w !== before[i])).toBe(true);
    }
  });

  test('trains the values of a codebook, each with the gradients of all its weights', async () => {
    const { compressed, tuned } = await tune({ tasks: ['each all: quantize(k=2)'] });
    for (const name of kernels) {
      const [before, after] = [dataOf(compressed.weights, name), dataOf(tuned.weights, name)];
      expect(new Set(before).size).toBe(2);
      expect(pattern(after)).toEqual(pattern(before));
      expect(after).not.toEqual(before);
    }
  });

  test('trains the one scale of weights that are -a, 0 or a', async () => {
    const { compressed, tuned } = await tune({ tasks: ['each all: ternarize(scale)'] });
    for (const name of kernels) {
      const [before, after] = [dataOf(compressed.weights, name), dataOf(tuned.weights, name)];
      expect(after.map(Math.sign)).toEqual(before.map(Math.sign));
      const magnitudes = new Set(after.map(Math.abs).filter((w) => w > 0));
      expect(magnitudes.size).toBe(1);
      expect(after).not.toEqual(before);
    }
  });

  test.each<[string, string, number]>([
    ['codebook', 'all: quantize(k=4)', 4],
    ['scale', 'all: ternarize(scale)', 3],
    ['values of the weights that are left', 'all: prune(keep=50%, precision=2)', 5],
  ])('leaves layers of one task their one %s', async (_, task, count) => {
    const { compressed, tuned } = await tune({ tasks: [task], weightDecay: 0.01 });
    const all = ({ weights }: CompressedState) => kernels.flatMap((name) => dataOf(weights, name));
    expect(new Set(all(compressed)).size).toBe(count);
    expect(pattern(all(tuned))).toEqual(pattern(all(compressed)));
    for (const name of kernels)
      expect(dataOf(tuned.weights, name)).not.toEqual(dataOf(compressed.weights, name));
  });

  test('leaves tasks apart that have the same values', async () => {
    const { tuned } = await tune({ tasks: ['fc1: binarize(scale)', 'fc2: binarize(scale)'] });
    const scales = ['fc1.weight', 'fc2.weight'].map((name) =>
      Math.abs(dataOf(tuned.weights, name)[0]!),
    );
    expect(scales[0]).not.toBe(scales[1]);
  });

  test('changes nothing of factors in half precision', async () => {
    const { compressed, tuned } = await tune({
      tasks: ['fc1: low-rank(rank=1, precision=16)'],
      weightDecay: 0.01,
    });
    const factors = compressed.network.parameters.filter(({ layer }) => /^fc1\.\d$/.test(layer));
    const weights = factors.filter(({ role }) => role === 'weight');
    expect(weights).toHaveLength(2);
    for (const { name } of weights)
      expect(dataOf(tuned.weights, name)).toEqual(dataOf(compressed.weights, name));
  });

  test('changes nothing of weights from a fixed codebook, but biases', async () => {
    const { compressed, tuned } = await tune({
      tasks: ['each all: quantize(values=[-0.5,0,0.5])'],
      weightDecay: 0.1,
    });
    for (const name of kernels)
      expect(dataOf(tuned.weights, name)).toEqual(dataOf(compressed.weights, name));
    expect(dataOf(tuned.weights, 'fc2.bias')).not.toEqual(dataOf(compressed.weights, 'fc2.bias'));
  });

  test('trains both factors of a layer', async () => {
    const { compressed, tuned } = await tune({ tasks: ['fc1: low-rank(rank=1)'] });
    const factors = tuned.network.parameters
      .filter(({ name, role }) => name.startsWith('fc1') && role === 'weight')
      .map(({ name }) => name);
    expect(factors).toHaveLength(2);
    for (const name of factors)
      expect(dataOf(tuned.weights, name)).not.toEqual(dataOf(compressed.weights, name));
  });

  test('keeps each part of a sum in its form', async () => {
    const { compressed, tuned } = await tune({ tasks: ['all: prune(keep=10%) + quantize(k=2)'] });
    const parts = compressed.network.parameters.filter(({ role }) => role === 'weight');
    for (const { name } of parts) {
      const [before, after] = [dataOf(compressed.weights, name), dataOf(tuned.weights, name)];
      if (new Set(before).size <= 2) expect(pattern(after)).toEqual(pattern(before));
      else
        expect(after.filter((w) => w === 0).length).toBeGreaterThanOrEqual(
          before.filter((w) => w === 0).length,
        );
    }
  });

  test('lets the product of factors decay, not the factors', async () => {
    const parts = blobRun({ weightDecay: 0.1, finetune: {}, tasks: ['fc1: low-rank(rank=1)'] });
    const { tuned } = await tune({ tasks: ['fc1: low-rank(rank=1)'] });
    const context = { network: parts.network, dataset: parts.dataset.info };
    const stage = parts.method.plan(context).at(-1)!;
    const products = [['fc1.0.weight', 'fc1.1.weight']];
    const weights = new Map([...tuned.weights, ['lc:products', packData(products)]] as const);
    const decays = tuned.network.parameters.filter((one) => {
      if (stage.kind !== 'train') return true;
      const state = { network: tuned.network, weights };
      return stage.adjust!(one, one.variable, state).weightDecay !== 0;
    });
    expect(decays.map(({ name }) => name)).toEqual(['conv1.weight', 'fc2.weight']);
  });

  test('with keep: best, ends with the weights that it began with where these are better', async () => {
    const spoil = { epochs: 2, learningRate: 30 };
    const changes: Partial<LcInput> = { tasks: ['each all: quantize(k=4)'], finetune: spoil };
    const { compressed, tuned } = await tune({ ...changes, keep: 'best' });
    const all = ({ weights }: CompressedState) => kernels.flatMap((name) => dataOf(weights, name));
    expect(all(tuned)).toEqual(all(compressed));
    const last = await tune(changes);
    expect(all(last.tuned)).not.toEqual(all(last.compressed));
  });

  test('leaves nothing of its own beside the weights', async () => {
    const { tuned } = await tune({ tasks: ['all: quantize(k=4)'] });
    expect([...tuned.weights.keys()].sort()).toEqual(
      tuned.network.parameters.map(({ name }) => name).sort(),
    );
  });
});
