import { expect, test } from '@jest/globals';
import { SeededRandom, sgd, toTorchLayout, torchShape } from '@pare/core';
import { trainBriefly } from '@pare/core/testing';
import { NetworkBuilder, costReport, flatten, relu } from '@pare/graph';
import { createCompression } from '../compressions/create-compression.ts';
import { kernelParameters, oneTask } from '../testing/seeded-state.ts';
import { compressNetwork } from './compress-network.ts';
import type { CompressedState, Method, PartReference } from '@pare/core';
import type { Network } from '@pare/graph';
import type { LayerDecision } from './layer-decision.ts';

/** A layer for each form, with a batch norm, for the images of `blobDataset`. */
function network(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const conv = (name: string, from: typeof x) =>
    // A norm takes all slope from a bias before it.
    builder.conv2d(name, from, { filters: 6, kernel: [3, 2], bias: name !== 'conv1', padding: 1 });
  const first = relu(builder.batchNorm('bn', conv('conv1', x)));
  const hidden = relu(builder.dense('fc1', flatten(conv('conv2', first)), { units: 120 }));
  const last = relu(builder.dense('fc2', hidden, { units: 8 }));
  return builder.build('forms', x, builder.dense('fc3', last, { units: 3 }));
}

const configs: Readonly<Record<string, PartReference[]>> = {
  conv1: [{ name: 'low-rank', rank: 1, convScheme: 'scheme-1' }],
  conv2: [{ name: 'low-rank', rank: 3, convScheme: 'scheme-2' }],
  fc1: [
    { name: 'l0-constraint', kept: 30 },
    { name: 'adaptive-quantization', centroids: 2 },
  ],
  fc2: [{ name: 'l0-constraint', kept: 90 }],
  fc3: [{ name: 'scaled-binary' }],
};

/** Compresses all layers directly. */
function compress(state: CompressedState) {
  const tasks = kernelParameters(state.network).map((kernel) => {
    const compression = createCompression(configs[kernel.layer]!);
    const shape = torchShape(kernel);
    const weights = toTorchLayout(kernel, state.weights.get(kernel.name)!.data);
    const theta = compression.compress(weights, { mu: 0, shape, random: new SeededRandom(1) });
    return oneTask(kernel, theta);
  });
  return compressNetwork(state, tasks);
}

test('a compressed network is trained and evaluated like any other', async () => {
  const given = network();
  let decisions: readonly LayerDecision[] = [];
  let start: CompressedState | undefined;
  const method: Method = {
    name: 'compress and train',
    paper: '',
    plan: () => [
      {
        kind: 'transform',
        name: 'compress',
        run: (state) => {
          const { decisions: made, ...compressed } = compress(state);
          decisions = made;
          start = compressed;
          return Promise.resolve(compressed);
        },
      },
      {
        kind: 'train',
        name: 'finetune',
        epochs: 1,
        batchSize: 16,
        optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
      },
    ],
    report: () => ({ values: {}, tables: [] }),
    operatingPoints: () => [{ name: 'full', settings: {} }],
  };
  const { network: after, weights, evaluation } = await trainBriefly(method, 3, given);
  expect(decisions.map(({ form }) => form)).toEqual([
    'factored',
    'factored',
    'sum',
    'sparse',
    'codebook',
  ]);
  expect(Number.isFinite(evaluation.loss)).toBe(true);
  const moved = after.parameters.filter(({ name }) =>
    weights.get(name)!.data.some((w, i) => w !== start!.weights.get(name)!.data[i]),
  );
  expect(moved.map(({ name }) => name)).toEqual(after.parameters.map(({ name }) => name));
  expect(after.parameters.map(({ name }) => name)).toEqual([...weights.keys()]);
  expect(costReport(after).macs).toBeLessThan(costReport(given).macs);
});
