import { describe, expect, test } from '@jest/globals';
import {
  costReport,
  findChannels,
  networkFromJson,
  networkToJson,
  topologicalOrder,
} from '@pare/graph';
import {
  createLenet300100,
  createLenet5,
  createNin,
  createResnetCifar,
  createVgg,
} from '@pare/models';
import { factoredMacs } from '../compressions/low-rank/factored-macs.ts';
import { expectNear } from '../testing/expect-near.ts';
import { networkOutput } from '../testing/network-output.ts';
import { lowRankOf, randomFactors } from '../testing/random-factors.ts';
import {
  buildModel,
  kernelParameters,
  oneTask,
  seededState,
  withDelta,
} from '../testing/seeded-state.ts';
import { compressNetwork } from './compress-network.ts';
import type { LayerImages } from '../compressions/low-rank/factored-macs.ts';
import type { ConvScheme } from '../compressions/low-rank/weight-matrix.ts';
import type { Network, NetworkJson, Parameter } from '@pare/graph';

type Case = [name: string, scheme: ConvScheme, network: Network];

const lenet5 = buildModel(createLenet5({}), 28, 1);
const resnet20 = buildModel(createResnetCifar({ depth: 20, preset: 'lc' }), 8);

const networks: Case[] = [
  ['LeNet-300-100', 'scheme-1', buildModel(createLenet300100({ preset: 'lc' }), 28, 1)],
  ['LeNet-5', 'scheme-1', lenet5],
  ['LeNet-5', 'scheme-2', lenet5],
  ['ResNet-20', 'scheme-1', resnet20],
  ['ResNet-20', 'scheme-2', resnet20],
  ['NIN', 'scheme-1', buildModel(createNin({ preset: 'lc' }), 8)],
  ['VGG of 6 convolutions', 'scheme-2', buildModel(createVgg({ depth: 6, preset: 'lc' }), 8)],
];

/** Sizes of the images that a kernel's layer reads and gives. */
function imagesOf(network: Network, kernel: Parameter): LayerImages {
  const layer = topologicalOrder([network.output]).find(({ inputs }) =>
    inputs.some((value) => value === kernel.variable),
  )!;
  const size = ({ shape }: { shape: readonly unknown[] }) =>
    (shape.length === 4 ? shape.slice(1, 3) : [1, 1]) as [number, number];
  return { input: size(layer.inputs[0]!), output: size(layer.outputs[0]!) };
}

describe.each(networks)('%s with two layers of %s for each', (_, scheme, network) => {
  const state = seededState(network);
  const kernels = kernelParameters(network);
  const thetas = kernels.map((kernel) => randomFactors(kernel, lowRankOf(kernel, scheme), scheme));
  const tasks = kernels.map((kernel, i) => oneTask(kernel, thetas[i]!));
  const compressed = compressNetwork(state, tasks);

  test('computes what the dense network of the products does', () => {
    expect(new Set(compressed.decisions.map(({ form }) => form))).toEqual(new Set(['factored']));
    expectNear(networkOutput(compressed), networkOutput(withDelta(state, tasks)), 1e-5);
  });

  test('costs what the factors cost', () => {
    const { layers } = costReport(compressed.network);
    const dense = costReport(network);
    const [macs, parameters] = (['macs', 'parameters'] as const).map((key) =>
      kernels.map(({ layer }) =>
        [`${layer}.0`, `${layer}.1`]
          .map((name) => layers.find((one) => one.layer === name)![key])
          .reduce((a, b) => a + b),
      ),
    );
    expect(macs).toEqual(
      kernels.map((kernel, i) => factoredMacs(thetas[i]!, imagesOf(network, kernel))),
    );
    expect(parameters).toEqual(
      kernels.map(({ layer }, i) => {
        const { matrix, rank } = thetas[i]!;
        const bias = network.parameters.find(({ name }) => name === `${layer}.bias`);
        return rank * (matrix[0] + matrix[1]) + (bias?.shape[0] ?? 0);
      }),
    );
    expect(costReport(compressed.network).parameters).toBeLessThan(dense.parameters);
  });

  test('is read from JSON as it was written', () => {
    const text = JSON.stringify(networkToJson(compressed.network));
    const copy = networkFromJson(JSON.parse(text) as NetworkJson);
    expect(JSON.stringify(networkToJson(copy))).toBe(text);
  });

  test('has a group of channels between two layers, as large as the rank', () => {
    const { axes } = findChannels(compressed.network);
    for (const [i, { layer }] of kernels.entries()) {
      const [first, second] = [`${layer}.0.weight`, `${layer}.1.weight`].map((name) =>
        axes.get(name)!,
      );
      const between = first!.at(-1)!.groups;
      expect(between).toMatchObject([{ size: thetas[i]!.rank, fixed: undefined }]);
      expect(second!.at(-2)!.groups).toEqual(between);
    }
    const groups = (which: Network) => findChannels(which).groups.length;
    expect(groups(compressed.network)).toBe(groups(network) + kernels.length);
  });
});
